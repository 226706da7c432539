package dev.engram.attack.laptop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.attack.result.DejaVuResults;
import dev.engram.attack.run.DejaVuSubmission;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.OtherVersionException;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.RunStateException;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.artifact.Artifact;
import dev.engram.store.catalogue.NewRun;
import dev.engram.testing.Laptop;
import dev.engram.testing.PastRuns;
import dev.engram.v1.AttackedImage;
import dev.engram.v1.AuditReport;
import dev.engram.v1.AuditSpec;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.Crop;
import dev.engram.v1.CropResult;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.ListAttackedImagesRequest;
import dev.engram.v1.ListAttackedImagesResponse;
import dev.engram.v1.PeripheryCrop;
import dev.engram.v1.Run.State;
import dev.engram.v1.RunSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An attack from its request to its pages, by real workers on a real store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackLaptopTest {
    @TempDir
    static Path home;

    private Laptop laptop;
    private DejaVuSubmission submission;
    private DejaVuResults results;

    @BeforeAll
    void attack() throws Exception {
        laptop = new Laptop(home);
        AttackedLaptop.prepare(laptop);
        submission = new DejaVuSubmission(laptop.submission(), laptop.resources());
        results = new DejaVuResults(laptop.store().catalogue(), laptop.store().artifacts());
        submission.submit(request("whole"));
        laptop.await("whole", State.SUCCEEDED);
    }

    @AfterAll
    void close() throws Exception {
        laptop.close();
    }

    @Test
    void theFiguresComeBackAsTheyWerePublished() {
        DejaVuResult result = results.get("runs/whole");
        assertEquals(4, result.getCropsCount());
        assertEquals(List.of(60, 60), List.of(result.getCandidates(), result.getIndependents()));
        CropResult periphery = result.getCrops(3);
        assertEquals(8, periphery.getCrop().getPeriphery().getMinSide());
        double sum = periphery.getMemorized().getValue() + periphery.getCorrelated().getValue()
                + periphery.getMisrepresented().getValue() + periphery.getUnassociated().getValue();
        assertEquals(1, sum, 1e-12);
    }

    /** No defect of this version: it names the run, so that it can be made again. */
    @Test
    void aResultThatAnotherVersionWroteOtherwiseSaysSo() throws Exception {
        Path made = Files.createDirectories(home.resolve("older"));
        Files.writeString(made.resolve("result.json"), "{\"crops\": \"of an older version\"}");
        new PastRuns(laptop.store()).made("runs/older", RunSpec.newBuilder().setDejaVu(DejaVuSpec.getDefaultInstance()).build(), Map.of("result", made));
        OtherVersionException refused = assertThrows(OtherVersionException.class, () -> results.get("runs/older"));
        assertTrue(refused.getMessage().startsWith("the result of runs/older was made by another version of Engram"), refused.getMessage());
    }

    @Test
    void pagesTogetherHoldEveryImageOnce() {
        List<AttackedImage> images = new ArrayList<>();
        ListAttackedImagesRequest.Builder request =
                ListAttackedImagesRequest.newBuilder().setRun("runs/whole").setCrop(1).setPageSize(50);
        int pages = 0;
        do {
            ListAttackedImagesResponse page = results.list(request.build());
            images.addAll(page.getImagesList());
            request.setPageToken(page.getNextPageToken());
            pages++;
        } while (!request.getPageToken().isEmpty());
        assertEquals(3, pages);
        assertEquals(120, images.size());
        assertEquals(120, new HashSet<>(images.stream().map(AttackedImage::getImageId).toList()).size());
        CropResult crop = results.get("runs/whole").getCrops(1);
        long memorized = images.stream().filter(image -> image.getCell().equals("memorized")).count();
        assertEquals(crop.getMemorized().getValue() * 120, memorized, 1e-9);
        assertEquals(results.get("runs/whole").getK(), images.getFirst().getTarget().getNeighborsCount());
    }

    @Test
    void imagesAreFoundByClassAndConfidence() {
        ListAttackedImagesRequest.Builder all =
                ListAttackedImagesRequest.newBuilder().setRun("runs/whole").setPageSize(200);
        List<AttackedImage> images = results.list(all.build()).getImagesList();
        int label = images.getFirst().getLabel();
        double confidence = images.stream().mapToDouble(image -> image.getTarget().getConfidence()).max().orElseThrow();
        assertEquals(
                images.stream().filter(image -> image.getLabel() == label).toList(),
                results.list(all.clone().setLabel(label).build()).getImagesList());
        List<AttackedImage> sure = results.list(all.clone().setLeastConfidence(confidence).build()).getImagesList();
        assertEquals(images.stream().filter(image -> image.getTarget().getConfidence() >= confidence).toList(), sure);
        assertTrue(sure.size() < 120 && !sure.isEmpty(), sure.size() + " images");
    }

    @Test
    void aCellsMostConvincingImagesComeFirst() {
        List<AttackedImage> memorized = results.list(ListAttackedImagesRequest.newBuilder()
                        .setRun("runs/whole")
                        .setCell("memorized")
                        .setPageSize(1000)
                        .build())
                .getImagesList();
        assertTrue(memorized.size() > 1, "an untrained pair is right by luck now and then");
        double before = Double.POSITIVE_INFINITY;
        for (AttackedImage image : memorized) {
            double gap = image.getTarget().getConfidence() - image.getReference().getConfidence();
            assertTrue(gap <= before, memorized::toString);
            assertEquals(image.getLabel(), image.getTarget().getPrediction());
            before = gap;
        }
    }

    @Test
    void everyWrongFieldOfAListingIsNamed() {
        assertEquals(
                List.of("crop", "cell", "page_size"),
                fields(() -> results.list(ListAttackedImagesRequest.newBuilder()
                        .setRun("runs/whole")
                        .setCrop(-1)
                        .setCell("forgotten")
                        .setPageSize(-1)
                        .build())));
        assertEquals(List.of("run", "cell"), fields(() -> results.list(
                ListAttackedImagesRequest.newBuilder().setRun("whole").setCell("all").build())));
        assertEquals(List.of("crop"), fields(() -> results.list(
                ListAttackedImagesRequest.newBuilder().setRun("runs/whole").setCrop(4).build())));
        assertEquals(List.of("page_token"), fields(() -> results.list(
                ListAttackedImagesRequest.newBuilder().setRun("runs/whole").setPageToken("mine").build())));
        String token = results.list(ListAttackedImagesRequest.newBuilder().setRun("runs/whole").build()).getNextPageToken();
        assertEquals(List.of("page_token"), fields(() -> results.list(ListAttackedImagesRequest.newBuilder()
                .setRun("runs/whole")
                .setCrop(2)
                .setPageToken(token)
                .build())));
    }

    /** Made of the same results twice it is the same bytes; it names the data, the encoders and what was not tested. */
    @Test
    void anAuditIsTheSameEachTime() throws Exception {
        RunSpec audit = RunSpec.newBuilder()
                .setAudit(AuditSpec.newBuilder().addRuns("runs/whole").setTitle("Does it <leak>?").setExamples(3))
                .build();
        for (String id : List.of("audit-one", "audit-two")) {
            laptop.submit(id, audit);
            laptop.await(id, State.SUCCEEDED);
        }
        Artifact one = artifact("audit-one");
        Artifact two = artifact("audit-two");
        for (String file : List.of("audit.json", "audit.html")) {
            assertArrayEquals(one.bytes(file), two.bytes(file));
        }
        String html = new String(one.bytes("audit.html"), StandardCharsets.UTF_8);
        assertTrue(html.contains("<h1>Does it &lt;leak&gt;?</h1>"));
        assertEquals(3 * 4, html.split("data:image/png").length - 1);
        assertTrue(html.contains("p class=\"q\">60 candidates attacked"), "how many images stand behind the figures");
        AuditReport report = RunSpecs.parse(new String(one.bytes("audit.json"), StandardCharsets.UTF_8), AuditReport.newBuilder()).build();
        assertEquals(results.get("runs/whole"), report.getResults(0).getDejaVu());
        assertEquals(List.of("encoders/p-f", "encoders/p-g"), report.getEncodersList().stream().map(encoder -> encoder.getName()).toList());
        assertEquals(64, report.getData().getSplitDigest().length());
        assertTrue(report.getNotTestedCount() >= 3);
        assertEquals(List.of(0, 1, 2, 3), report.getResults(0).getExamplesList().stream().map(examples -> examples.getCrop()).toList());
        assertEquals(
                results.list(ListAttackedImagesRequest.newBuilder().setRun("runs/whole").setCell("memorized").setPageSize(3).build()).getImagesList(),
                report.getResults(0).getExamples(0).getImagesList());
    }

    private Artifact artifact(String run) {
        return laptop.store().artifacts().open(laptop.store().catalogue().artifacts().madeBy(run, "result").orElseThrow());
    }

    @Test
    void whatIsNoResultIsSaidSo() {
        assertThrows(ObjectNotFoundException.class, () -> results.get("runs/nobody"));
        assertEquals(List.of("run"), fields(() -> results.get("runs/d")));
        assertEquals(List.of("run"), fields(() -> results.get("")));
        laptop.store().catalogue().runs().create(new NewRun(
                "waiting", Optional.empty(), "deja_vu", "{\"dejaVu\":{\"pair\":\"pairs/p\"}}", List.of("t")));
        assertThrows(RunStateException.class, () -> results.get("runs/waiting"));
    }

    @Test
    void everyWrongFieldOfARequestIsNamed() {
        assertEquals(
                List.of("run_id", "spec.pair", "spec.cuts[0]", "spec.k"),
                fields(() -> submission.submit(CreateDejaVuRequest.newBuilder()
                        .setRunId("No Id")
                        .setSpec(DejaVuSpec.newBuilder()
                                .setPair(AttackedLaptop.WITHOUT_PUBLIC_SET.name())
                                .setK(-1)
                                .addCuts(""))
                        .build())));
        assertEquals(
                List.of("run_id", "spec.k"),
                fields(() -> submission.submit(CreateDejaVuRequest.newBuilder()
                        .setRunId("No Id")
                        .setSpec(DejaVuSpec.newBuilder().setPair(AttackedLaptop.PAIR.name()).setK(-1))
                        .build())));
        InvalidRunException unknown = assertThrows(InvalidRunException.class, () -> submission.submit(
                CreateDejaVuRequest.newBuilder().setSpec(DejaVuSpec.newBuilder().setPair("pairs/nobody")).build()));
        assertEquals("spec.pair: pairs/nobody does not exist", unknown.getMessage());
    }

    @Test
    void theSameRequestIsTheSameRun() {
        assertEquals("whole", submission.submit(request("whole")).id());
    }

    private static CreateDejaVuRequest request(String id) {
        DejaVuSpec.Builder spec = DejaVuSpec.newBuilder().setPair(AttackedLaptop.PAIR.name()).setResamples(300);
        for (Crop.Corner corner : List.of(Crop.Corner.LOWER_LEFT, Crop.Corner.UPPER_LEFT, Crop.Corner.UPPER_RIGHT)) {
            spec.addCrops(Crop.newBuilder().setCorner(CornerCrop.newBuilder().setCorner(corner)));
        }
        spec.addCrops(Crop.newBuilder().setPeriphery(PeripheryCrop.getDefaultInstance()));
        return CreateDejaVuRequest.newBuilder().setRunId(id).setSpec(spec).build();
    }

    private static List<String> fields(Runnable call) {
        return assertThrows(InvalidRunException.class, call::run).violations().getFieldViolationsList().stream()
                .map(violation -> violation.getField())
                .toList();
    }
}
