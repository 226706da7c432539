package dev.engram.trainer.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunStopped;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.trainer.FolderRun;
import dev.engram.trainer.SummaryFile;
import dev.engram.v1.BundledSource;
import dev.engram.v1.Cifar10Source;
import dev.engram.v1.ComposedSource;
import dev.engram.v1.PublishedLists;
import dev.engram.v1.NearDuplicates;
import dev.engram.v1.BoxPartition;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.DatasetSummary;
import dev.engram.v1.IdxSource;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import dev.engram.v1.SplitSummary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTasksTest {
    /** Registered once: packing 10,000 images takes a second. */
    private static FolderRun fashion;

    @TempDir
    Path folder;

    @BeforeAll
    static void registerFashion(@TempDir Path shared) throws Exception {
        fashion = FolderRun.in(shared, "d", spec(bundled())).execute(new RegisterDatasetTask());
    }

    @Test
    void packsTheBundledImagesAsTheEncodersTakeThem() throws Exception {
        FolderRun run = fashion;
        ImageSet images = ImageSetFile.open(run.artifact("dataset").resolve(ImageSetFile.FILE_NAME));
        DatasetSummary summary = summary(run);
        assertEquals(10_000, summary.getImages());
        assertEquals(List.of(3, 32, 32), List.of(summary.getChannels(), summary.getHeight(), summary.getWidth()));
        assertEquals("Ankle boot", summary.getClassNames(9));
        assertEquals(images.digest(), summary.getDigest());
        assertFalse(summary.getBoxes());
        ByteBuffer pixels = images.image(0);
        byte[] red = new byte[32 * 32];
        byte[] blue = new byte[32 * 32];
        pixels.get(0, red).get(2 * 32 * 32, blue);
        assertArrayEquals(red, blue);
    }

    @Test
    void composesImagesWithTheBoxOfTheirObject() throws Exception {
        DatasetSummary summary = summary(registered(composed()));
        assertEquals(120, summary.getImages());
        assertEquals(0, summary.getRepeatsCount());
        assertTrue(summary.getBoxes());
    }

    @Test
    void saysHowOftenImagesAreRepeated() throws Exception {
        RegisterDatasetSpec.Builder repeated = composed();
        repeated.getComposedBuilder().addAllRepeats(List.of(5, 1, 5, 2));
        assertEquals(
                List.of("1 x30", "2 x30", "5 x60"),
                summary(registered(repeated)).getRepeatsList().stream()
                        .map(repeats -> repeats.getRepeatCount() + " x" + repeats.getImages())
                        .toList());
        repeated.getComposedBuilder().addRepeats(0).addRepeats(101);
        assertEquals(
                "spec.composed.repeats[4]: must be 1 to 100, is 0\nspec.composed.repeats[5]: must be 1 to 100, is 101", problems(repeated));
    }

    @Test
    void readsIdxFilesAndPadsThem() throws Exception {
        Path images = idxImages(folder.resolve("images"), 3, 0);
        Path labels = idxLabels(folder.resolve("labels"), 3);
        DatasetSummary summary = summary(registered(RegisterDatasetSpec.newBuilder()
                .setDisplayName("three")
                .setIdx(IdxSource.newBuilder().setImages(images.toString()).setLabels(labels.toString()))));
        assertEquals(3, summary.getImages());
        assertEquals(40, summary.getWidth());
        assertEquals(List.of("0", "1", "2"), summary.getClassNamesList());
    }

    @Test
    void namesTheFileAndByteOfAnIdxFileCutShort() throws Exception {
        Path images = idxImages(folder.resolve("images"), 3, 7);
        Path labels = idxLabels(folder.resolve("labels"), 3);
        RunFailure failure = assertThrows(RunFailure.class, () -> registered(RegisterDatasetSpec.newBuilder()
                .setDisplayName("cut")
                .setIdx(IdxSource.newBuilder().setImages(images.toString()).setLabels(labels.toString()))));
        assertEquals(RunError.Category.INVALID_SPEC, failure.category());
        assertTrue(failure.getMessage().contains("images: byte "), failure.getMessage());
        assertFalse(failure.retryable());
    }

    @Test
    void namesAFileThatIsNotThere() {
        RunFailure failure = assertThrows(RunFailure.class, () -> registered(RegisterDatasetSpec.newBuilder()
                .setDisplayName("gone")
                .setIdx(IdxSource.newBuilder().setImages("/no/images").setLabels("/no/labels"))));
        assertEquals("no such file: /no/images", failure.getMessage());
    }

    @Test
    void drawsAVerifiedSplitAndReportsDuplicates() throws Exception {
        FolderRun dataset = fashion;
        FolderRun split = dataset.next("s", split(600, 300, 300, 300, 1000)).execute(new CreateSplitTask());
        SplitSummary summary = splitSummary(split);
        Split read = Split.fromJson(Files.readAllBytes(split.artifact("split").resolve(Split.FILE_NAME)));
        assertEquals(read.digest(), summary.getDigest());
        assertEquals(600, read.size(Part.SHARED));
        assertEquals(1000, summary.getPublicSet());
        List<String> duplicates =
                Files.readAllLines(split.artifact("split").resolve(DuplicatesReport.FILE_NAME));
        assertEquals("group,image_id,label,labels_differ", duplicates.getFirst());
        assertTrue(duplicates.size() - 1 >= summary.getDuplicatesLeftOut());
    }

    @Test
    void aSplitIsTheSameBytesEachTime() throws Exception {
        FolderRun dataset = fashion;
        FolderRun one = dataset.next("s1", split(10, 5, 5, 5, 0)).execute(new CreateSplitTask());
        FolderRun other = dataset.next("s2", split(10, 5, 5, 5, 0)).execute(new CreateSplitTask());
        assertArrayEquals(
                Files.readAllBytes(one.artifact("split").resolve(Split.FILE_NAME)),
                Files.readAllBytes(other.artifact("split").resolve(Split.FILE_NAME)));
    }

    @Test
    void refusesASplitThatWantsMoreImagesThanThereAre() throws Exception {
        FolderRun dataset = fashion;
        RunFailure failure = assertThrows(
                RunFailure.class,
                () -> dataset.next("s", split(9000, 1000, 1000, 10, 0)).execute(new CreateSplitTask()));
        assertEquals(RunError.Category.INVALID_SPEC, failure.category());
        assertTrue(failure.getMessage().contains("11010 images are asked for"), failure.getMessage());
    }

    @Test
    void partitionsImagesWithBoxesAndExportsThePublishedLists() throws Exception {
        FolderRun dataset = registered(composed());
        CreateSplitSpec.Builder partition = CreateSplitSpec.newBuilder()
                .setDataset("datasets/d")
                .setPartition(BoxPartition.newBuilder().setPerClass(2).setExternalPerClass(1))
                .setNearDuplicates(NearDuplicates.newBuilder().setDistance(2).setRemove(true));
        FolderRun made = dataset.next("s", spec(partition)).execute(new CreateSplitTask());
        SplitSummary summary = splitSummary(made);
        assertEquals(10, summary.getAttackedClasses());
        assertEquals(summary.getCandidate(), summary.getIndependent());
        assertEquals(10, summary.getExternal());
        assertEquals(0, summary.getPublicSet(), "every image is within a distance of 2");
        assertTrue(summary.getNearDuplicatesLeftOut() && summary.getNearDuplicates() > 0);
        Path lists = made.artifact("split");
        assertEquals(summary.getNearDuplicates() + 1, Files.readAllLines(lists.resolve("near_duplicates.csv")).size());
        assertEquals(11, Files.readAllLines(lists.resolve("classes.csv")).size());
        FolderRun read = dataset.next("t", spec(CreateSplitSpec.newBuilder()
                        .setDataset("datasets/d")
                        .setLists(PublishedLists.newBuilder().setPath(lists.toString()))))
                .execute(new CreateSplitTask());
        assertEquals(summary.getCandidate(), splitSummary(read).getCandidate());
        RunFailure nowhere = assertThrows(RunFailure.class, () -> dataset.next("u", spec(CreateSplitSpec.newBuilder()
                        .setDataset("datasets/d")
                        .setLists(PublishedLists.newBuilder().setPath(folder.resolve("nowhere").toString()))))
                .execute(new CreateSplitTask()));
        assertEquals(RunError.Category.INVALID_SPEC, nowhere.category());
    }

    @Test
    void aDamagedDataSetIsNamed() throws Exception {
        FolderRun dataset = registered(composed());
        Path images = dataset.artifact("dataset").resolve(ImageSetFile.FILE_NAME);
        byte[] bytes = Files.readAllBytes(images);
        bytes[bytes.length / 2] ^= 1;
        Files.write(images, bytes);
        RunFailure failure = assertThrows(
                RunFailure.class, () -> dataset.next("s", split(10, 5, 5, 5, 0)).execute(new CreateSplitTask()));
        assertEquals(RunError.Category.DATA_LOSS, failure.category());
        assertTrue(failure.getMessage().startsWith("datasets/d: images.safetensors: byte "), failure.getMessage());
    }

    @Test
    void bothStopOnRequest() throws Exception {
        FolderRun stopped = FolderRun.in(folder, "stopped", spec(composed())).stopAt(1, Run.State.CANCELLED);
        assertThrows(RunStopped.class, () -> stopped.execute(new RegisterDatasetTask()));
        assertFalse(Files.exists(stopped.artifact("dataset")));
        FolderRun split = registered(composed()).next("s", split(10, 5, 5, 5, 0)).stopAt(2, Run.State.PAUSED);
        assertThrows(RunStopped.class, () -> split.execute(new CreateSplitTask()));
        assertFalse(Files.exists(split.artifact("split")));
    }

    @Test
    void reportsEveryInvalidFieldOfADataSet() {
        assertEquals(
                "spec.display_name: is required\n"
                        + "spec.bundled.id: must be one of fashion-mnist-test, is \"mnist\"",
                problems(RegisterDatasetSpec.newBuilder().setBundled(BundledSource.newBuilder().setId("mnist"))));
        assertEquals(
                "spec.idx.images: must be an absolute path, is \"here\"\nspec.idx.labels: is required",
                problems(RegisterDatasetSpec.newBuilder()
                        .setDisplayName("x")
                        .setIdx(IdxSource.newBuilder().setImages("here"))));
        assertEquals(
                "spec.cifar10.path: is required",
                problems(RegisterDatasetSpec.newBuilder().setDisplayName("x").setCifar10(Cifar10Source.newBuilder())));
        assertEquals(
                "spec.composed.images: must be 100 to 10000, is 99\nspec.composed.correlation: must be 0 to 1, is 1.5",
                problems(RegisterDatasetSpec.newBuilder()
                        .setDisplayName("x")
                        .setComposed(ComposedSource.newBuilder().setImages(99).setCorrelation(1.5))));
        assertEquals(
                "spec.source: is required: one of bundled, idx, cifar10, cifar100, composed, image_folder, tiny_image_net, web_dataset, derived",
                problems(RegisterDatasetSpec.newBuilder().setDisplayName("x")));
    }

    @Test
    void reportsEveryInvalidFieldOfASplit() {
        FieldViolations violations = new FieldViolations();
        new CreateSplitTask()
                .validate(
                        RunSpec.newBuilder()
                                .setCreateSplit(CreateSplitSpec.newBuilder()
                                        .setDataset("splits/x")
                                        .setShared(-1)
                                        .setCandidate(1)
                                        .setIndependent(2)
                                        .setExternal(0)
                                        .setPublicSet(-3))
                                .build(),
                        violations);
        assertEquals(
                """
                spec.dataset: must be datasets/ and 1 to 63 of [a-z0-9-], is "splits/x"
                spec.shared: must be at least 0, is -1
                spec.candidate: must be at least 2, is 1
                spec.independent: must be as many as candidate (1), is 2
                spec.external: must be at least 2, is 0
                spec.public_set: must be at least 0, is -3""",
                violations.toString());
        assertEquals(
                """
                spec.shared: follows from the data set and must be 0, is 5
                spec.partition.per_class: must be at least 1, is 0
                spec.partition.external_per_class: must be at least 0, is -1
                spec.near_duplicates.distance: must be in (0, 2], or 0 for 0.05, is -1.0""",
                splitProblems(CreateSplitSpec.newBuilder()
                        .setDataset("datasets/x")
                        .setShared(5)
                        .setPartition(BoxPartition.newBuilder().setExternalPerClass(-1))
                        .setNearDuplicates(NearDuplicates.newBuilder().setDistance(-1))));
        assertEquals(
                "spec.near_duplicates.distance: must be in (0, 2], is 0.0; how near features are depends on the encoder",
                splitProblems(CreateSplitSpec.newBuilder()
                        .setDataset("datasets/x")
                        .setCandidate(5)
                        .setIndependent(5)
                        .setExternal(5)
                        .setNearDuplicates(NearDuplicates.newBuilder().setEncoder("encoders/e"))));
        assertEquals(
                "spec.lists.path: must be an absolute path, is \"here\"",
                splitProblems(CreateSplitSpec.newBuilder()
                        .setDataset("datasets/x")
                        .setLists(PublishedLists.newBuilder().setPath("here"))));
    }

    private static String splitProblems(CreateSplitSpec.Builder spec) {
        FieldViolations violations = new FieldViolations();
        new CreateSplitTask().validate(spec(spec), violations);
        return violations.toString();
    }

    private static String problems(RegisterDatasetSpec.Builder spec) {
        FieldViolations violations = new FieldViolations();
        new RegisterDatasetTask().validate(spec(spec), violations);
        return violations.toString();
    }

    private FolderRun registered(RegisterDatasetSpec.Builder spec) throws Exception {
        return FolderRun.in(folder, "d", spec(spec)).execute(new RegisterDatasetTask());
    }

    private static DatasetSummary summary(FolderRun run) throws IOException {
        return SummaryFile.read(
                        Files.readString(run.artifact("dataset").resolve(SummaryFile.NAME)), DatasetSummary.newBuilder())
                .build();
    }

    private static RegisterDatasetSpec.Builder bundled() {
        return RegisterDatasetSpec.newBuilder()
                .setDisplayName("Fashion-MNIST test")
                .setBundled(BundledSource.newBuilder().setId("fashion-mnist-test"));
    }

    private static RegisterDatasetSpec.Builder composed() {
        return RegisterDatasetSpec.newBuilder()
                .setDisplayName("known answer")
                .setComposed(ComposedSource.newBuilder().setImages(120).setSeed(3));
    }

    private static RunSpec spec(RegisterDatasetSpec.Builder dataset) {
        return RunSpec.newBuilder().setRegisterDataset(dataset).build();
    }

    private static RunSpec spec(CreateSplitSpec.Builder split) {
        return RunSpec.newBuilder().setCreateSplit(split).build();
    }

    private static SplitSummary splitSummary(FolderRun run) throws IOException {
        return SummaryFile.read(
                        Files.readString(run.artifact("split").resolve(SummaryFile.NAME)), SplitSummary.newBuilder())
                .build();
    }

    private static RunSpec split(int shared, int candidate, int independent, int external, int publicSet) {
        return RunSpec.newBuilder()
                .setCreateSplit(CreateSplitSpec.newBuilder()
                        .setDataset("datasets/d")
                        .setSeed(7)
                        .setShared(shared)
                        .setCandidate(candidate)
                        .setIndependent(independent)
                        .setExternal(external)
                        .setPublicSet(publicSet))
                .build();
    }

    private static Path idxImages(Path path, int images, int missing) throws IOException {
        int pixels = images * 36 * 36;
        ByteBuffer file = ByteBuffer.allocate(16 + pixels).putInt(0x0803).putInt(images).putInt(36).putInt(36);
        for (int i = 0; i < pixels; i++) {
            file.put((byte) (i * 31));
        }
        byte[] bytes = new byte[16 + pixels - missing];
        file.flip().get(bytes);
        return Files.write(path, bytes);
    }

    private static Path idxLabels(Path path, int images) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(8 + images).putInt(0x0801).putInt(images);
        for (int i = 0; i < images; i++) {
            file.put((byte) i);
        }
        return Files.write(path, file.array());
    }
}
