package dev.engram.trainer.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.checkpoint.SafetensorsReader;
import dev.engram.encoders.checkpoint.SafetensorsWriter;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.image.Picture;
import dev.engram.encoders.image.Png;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.Resources;
import dev.engram.store.S3Settings;
import dev.engram.store.Uploads;
import dev.engram.store.artifact.Artifact;
import dev.engram.store.s3.S3ObjectStore;
import dev.engram.testing.Laptop;
import dev.engram.testing.PastRuns;
import dev.engram.trainer.ResultFiles;
import dev.engram.trainer.SmallPair;
import dev.engram.trainer.SummaryFile;
import dev.engram.trainer.checkpoint.EncoderComparisons;
import dev.engram.trainer.checkpoint.EncoderDescriptions;
import dev.engram.trainer.checkpoint.EncoderExports;
import dev.engram.trainer.checkpoint.EncoderFiles;
import dev.engram.trainer.checkpoint.ExistingPairs;
import dev.engram.trainer.checkpoint.Imports;
import dev.engram.trainer.checkpoint.Inspections;
import dev.engram.trainer.training.Encoders;
import dev.engram.trainer.training.Pairs;
import dev.engram.trainer.training.PlannedEncoders;
import dev.engram.v1.BoxSource;
import dev.engram.v1.CheckpointReport;
import dev.engram.v1.CheckpointSource;
import dev.engram.v1.CompareEncodersRequest;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.DatasetSummary;
import dev.engram.v1.EditEncoderSpec;
import dev.engram.v1.Encoder;
import dev.engram.v1.EncoderComparison;
import dev.engram.v1.EncoderDescription;
import dev.engram.v1.EncoderEdit;
import dev.engram.v1.ExportEncoderRequest;
import dev.engram.v1.ExportedEncoder;
import dev.engram.v1.Geometry;
import dev.engram.v1.ImageFolderSource;
import dev.engram.v1.ImportEncoderRequest;
import dev.engram.v1.ImportEncoderSpec;
import dev.engram.v1.InspectCheckpointRequest;
import dev.engram.v1.Pair;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.PruneUnits;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** From two uploads to two encoders, by real workers and a real S3: described, compared, exported, paired, probed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportProcessTest {
    @TempDir
    static Path home;

    private Laptop laptop;
    private ResultFiles files;
    private EncoderFiles encoders;
    private byte[] first;

    @BeforeAll
    void importBoth() throws Exception {
        laptop = new Laptop(home);
        files = new ResultFiles(laptop.store());
        encoders = new EncoderFiles(laptop.store(), files);
        first = weights(1);
        bring("x", first);
        bring("y", weights(2));
        shelve();
    }

    /** What a person keeps on the same S3 server, in a bucket of their own. */
    private void shelve() throws Exception {
        S3Settings own = laptop.backend().endpoints().s3();
        try (S3ObjectStore shelf = new S3ObjectStore(
                new S3Settings(own.endpoint(), own.accessKey(), own.secretKey(), "shelf", own.region()))) {
            shelf.makeBucket();
            shelf.put("weights/first one.safetensors", first, "application/octet-stream");
            for (int i = 0; i < 6; i++) {
                shelf.put("pets/images/%s/%d.png".formatted(i < 4 ? "cat" : "dog", i), png(i), "image/png");
            }
            shelf.put("pets/images/dog/broken.png", new byte[40], "image/png");
            shelf.put("pets/boxes.csv", "file,xmin,ymin,xmax,ymax\n5.png,1,2,9,8\n".getBytes(StandardCharsets.UTF_8), "text/csv");
        }
    }

    @AfterAll
    void stop() throws Exception {
        laptop.close();
    }

    @Test
    void anImportSaysWhatItIsAndWhereItComesFrom() {
        EncoderDescription description = new EncoderDescriptions(laptop.store(), encoders).describe("encoders/x");

        assertEquals("resnet9", description.getArchitecture().getNetwork());
        assertEquals(1_644_672, description.getArchitecture().getParameters());
        assertEquals("prep.conv", description.getFirstLayer().getPath());
        assertEquals(32, description.getFirstLayer().getFilters());
        assertFalse(description.getFirstLayer().getPng().isEmpty());
        assertTrue(description.hasImport() && !description.hasTraining());
        assertEquals(0, description.getProjectorCount());
        assertTrue(new Encoders(laptop.store().catalogue(), files).get("encoders/x").getImported());
    }

    @Test
    void anEditedEncoderSaysWhatItWasMadeOfAndWhatChanged() throws Exception {
        EditEncoderSpec edit = EditEncoderSpec.newBuilder()
                .setSource("encoders/x")
                .setPrune(PruneUnits.newBuilder().setBy(PruneUnits.By.RANDOM).setShare(0.5).addLayers("prep.conv"))
                .build();
        EncoderEdit changes = EncoderEdit.newBuilder().addLayers(EncoderEdit.Layer.newBuilder().setLayer("prep.conv").addChanged(3)).build();
        Path result = Files.createDirectories(home.resolve("edited-result"));
        SummaryFile.write(changes, result, SummaryFile.RESULT);
        Path checkpoint = home.resolve("edited-checkpoint");
        try (TrainedEncoder source = TrainedEncoder.read(checkpointOf("x"))) {
            source.writeChanged(checkpoint, source.state(), Map.of("edit", "prune"));
        }
        new PastRuns(laptop.store()).made(
                "encoders/edited", RunSpec.newBuilder().setEditEncoder(edit).build(), Map.of("checkpoint", checkpoint, "result", result), "encoders/x");

        EncoderDescription description = new EncoderDescriptions(laptop.store(), encoders).describe("encoders/edited");
        assertEquals(edit, description.getEdit());
        assertEquals(changes, description.getChanges());
        assertFalse(description.hasImport() || description.hasTraining());
        Encoder encoder = new Encoders(laptop.store().catalogue(), files).get("encoders/edited");
        assertEquals("encoders/x", encoder.getSource());
        assertEquals(1_644_672, encoder.getParameters());
        EncoderComparison same = compare("encoders/x", "encoders/edited");
        assertEquals(same.getTensorsCount(), same.getEqual());
        assertTrue(new EncoderDescriptions(laptop.store(), encoders).describe("encoders/x").getUsedByList().contains("runs/edited"));
    }

    private Path checkpointOf(String run) throws Exception {
        Path folder = Files.createDirectories(home.resolve("checkpoint-of-" + run));
        for (String file : List.of("manifest.json", "encoder.safetensors")) {
            Files.write(folder.resolve(file), files.bytes(files.artifact(run, "checkpoint").orElseThrow(), file));
        }
        return folder;
    }

    @Test
    void weightsComeFromABucketToo() {
        laptop.submit("shelved", importing("s3://shelf/weights/first one.safetensors"));
        laptop.await("shelved", Run.State.SUCCEEDED);
        EncoderComparison comparison = compare("encoders/x", "encoders/shelved");
        assertEquals(comparison.getTensorsCount(), comparison.getEqual());
        laptop.submit("mislaid", importing("s3://shelf/weights/second.safetensors"));
        assertRefused("mislaid", "s3://shelf/weights/second.safetensors does not exist");
    }

    @Test
    void picturesAndBoxesComeFromABucket() throws Exception {
        laptop.submit("pets", pictures("s3://shelf/pets/images"));
        laptop.await("pets", Run.State.SUCCEEDED);
        Artifact set = laptop.store().artifacts().open(files.artifact("pets", "dataset").orElseThrow());
        ImageSet images = ImageSetFile.open(set.file(ImageSetFile.FILE_NAME));
        assertEquals(List.of("cat", "dog"), images.classNames());
        assertArrayEquals(new int[] {0, 0, 0, 0, 1, 1}, images.labels());
        assertEquals("[Box[xmin=1, ymin=2, xmax=9, ymax=8]]", images.boxes(5).toString());
        DatasetSummary summary = SummaryFile.read(Files.readString(set.file(SummaryFile.NAME)), DatasetSummary.newBuilder()).build();
        assertEquals(1, summary.getUnreadableImages());
        assertEquals("dog/broken.png", summary.getUnreadable(0).getFile());
        laptop.submit("none", pictures("s3://shelf/birds"));
        assertRefused("none", "no such file: s3://shelf/birds");
    }

    private void assertRefused(String run, String reason) {
        RunError error = laptop.await(run, Run.State.FAILED).error().orElseThrow();
        assertEquals(RunError.Category.INVALID_SPEC, error.getCategory());
        assertEquals(reason, error.getMessage());
    }

    private static RunSpec importing(String object) {
        return RunSpec.newBuilder()
                .setImportEncoder(ImportEncoderSpec.newBuilder().setSource(CheckpointSource.newBuilder().setObject(object)))
                .build();
    }

    private static RunSpec pictures(String place) {
        return RunSpec.newBuilder()
                .setRegisterDataset(RegisterDatasetSpec.newBuilder()
                        .setDisplayName("pets")
                        .setGeometry(Geometry.newBuilder().setMethod(Geometry.Method.PAD).setSide(12))
                        .setImageFolder(ImageFolderSource.newBuilder()
                                .setPath(place)
                                .setBoxes(BoxSource.newBuilder().setCsv("s3://shelf/pets/boxes.csv"))))
                .build();
    }

    private static byte[] png(int value) {
        byte[] pixels = new byte[3 * 12 * 12];
        Arrays.fill(pixels, (byte) (value * 40));
        return Png.encode(new Picture(3, 12, 12, pixels));
    }

    @Test
    void twoImportsAreComparedTensorByTensor() {
        EncoderComparison same = compare("encoders/x", "encoders/x");
        assertEquals(same.getTensorsCount(), same.getEqual());
        assertEquals(0, same.getRelativeDifference());

        EncoderComparison comparison = compare("encoders/x", "encoders/y");
        assertTrue(comparison.getDifferent() >= 16, "different " + comparison.getDifferent());
        assertEquals(comparison.getTensorsCount(), comparison.getDifferent() + comparison.getEqual());
        assertTrue(comparison.getRelativeDifference() > 0.1);
    }

    @Test
    void whatIsExportedHoldsWhatWasImported() throws Exception {
        ExportedEncoder exported = new EncoderExports(laptop.store(), encoders)
                .export(ExportEncoderRequest.newBuilder().setName("encoders/x").build());
        byte[] bytes;
        try (HttpClient http = HttpClient.newHttpClient()) {
            bytes = http.send(HttpRequest.newBuilder(URI.create(exported.getUrl())).build(), HttpResponse.BodyHandlers.ofByteArray()).body();
        }
        try (StateDict in = read(first); StateDict out = read(bytes)) {
            assertEquals(in.digest(), out.digest());
            assertEquals(exported.getTensors(), out.size());
        }
    }

    @Test
    void twoImportsAndASplitAreAPairThatCanBeProbed() {
        laptop.submit("d", RunSpec.newBuilder().setRegisterDataset(SmallPair.dataset()).build());
        laptop.submit("s", RunSpec.newBuilder().setCreateSplit(SmallPair.split()).build());
        PlannedEncoders planned = new PlannedEncoders(new Resources(laptop.store().catalogue()), new ResultFiles(laptop.store()));
        ExistingPairs pairs = new ExistingPairs(laptop.pairs(), encoders, planned);
        CreatePairRequest request = CreatePairRequest.newBuilder()
                .setPairId("p").setSplit("splits/s").setCandidate("encoders/x").setReference("encoders/y").build();

        assertEquals(pairs.create(request), pairs.create(request));
        laptop.submit("probe", RunSpec.newBuilder().setProbe(ProbeSpec.newBuilder().setPair("pairs/p")).build());
        laptop.await("probe", Run.State.SUCCEEDED);

        Pair pair = new Pairs(laptop.store().catalogue()).get("pairs/p");
        assertEquals("encoders/x", pair.getCandidate());
        assertEquals("encoders/y", pair.getReference());
        assertEquals("datasets/d", pair.getDataset());
        assertFalse(pair.hasRecipe());
        assertEquals(List.of("runs/probe"), pair.getRunsList());
        assertEquals("encoders/y", laptop.resources().pair("pairs/p").reference());
    }

    @Test
    void oneImportAloneIsAPairWithItself() {
        laptop.submit("d", RunSpec.newBuilder().setRegisterDataset(SmallPair.dataset()).build());
        laptop.submit("s", RunSpec.newBuilder().setCreateSplit(SmallPair.split()).build());
        laptop.pairs().createOf("alone", "splits/s", "encoders/x", "encoders/x", "");
        laptop.submit("probe-alone", RunSpec.newBuilder().setProbe(ProbeSpec.newBuilder().setPair("pairs/alone")).build());
        laptop.await("probe-alone", Run.State.SUCCEEDED);
        assertEquals("encoders/x", new Pairs(laptop.store().catalogue()).get("pairs/alone").getReference());
    }

    private void bring(String id, byte[] weights) throws Exception {
        Uploads.Ticket upload = new Uploads(laptop.store().objects(), InstantSource.system()).create(Duration.ofMinutes(5));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest put = HttpRequest.newBuilder(upload.url()).PUT(HttpRequest.BodyPublishers.ofByteArray(weights)).build();
            assertEquals(200, http.send(put, HttpResponse.BodyHandlers.discarding()).statusCode());
        }
        CheckpointSource source = CheckpointSource.newBuilder().setUpload(upload.name()).build();
        CheckpointReport report = new Inspections(laptop.store()).inspect(InspectCheckpointRequest.newBuilder().setSource(source).build());
        assertEquals("resnet9", report.getNetwork());
        assertTrue(report.getStrictOk());
        Imports imports = new Imports(laptop.store(), laptop.submission(), files);
        imports.create(ImportEncoderRequest.newBuilder()
                .setEncoderId(id)
                .setSpec(ImportEncoderSpec.newBuilder().setSource(source).setNetwork(report.getNetwork()).setSha256(report.getSha256()))
                .build());
        laptop.await(id, Run.State.SUCCEEDED);
        assertEquals(report, imports.report("encoders/" + id));
    }

    private EncoderComparison compare(String a, String b) {
        return new EncoderComparisons(encoders).compare(CompareEncodersRequest.newBuilder().setFirst(a).setSecond(b).build());
    }

    private static byte[] weights(long seed) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (StateDict state = StateLayout.of(Networks.encoder("resnet9", 3, 32)).initialState(seed)) {
            SafetensorsWriter.write(out, state, Map.of());
        }
        return out.toByteArray();
    }

    private static StateDict read(byte[] file) throws Exception {
        return SafetensorsReader.read("file", new ByteArrayInputStream(file), file.length).state();
    }
}
