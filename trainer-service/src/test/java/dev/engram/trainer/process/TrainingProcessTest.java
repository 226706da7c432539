package dev.engram.trainer.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.checkpoint.SafetensorsWriter;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.StateLayout;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.RunTasks;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.testing.InterruptionContract;
import dev.engram.testing.Laptop;
import dev.engram.testing.LaptopSettings;
import dev.engram.trainer.ResultFiles;
import dev.engram.trainer.SmallPair;
import dev.engram.trainer.dataset.Datasets;
import dev.engram.trainer.dataset.PictureService;
import dev.engram.trainer.dataset.Splits;
import dev.engram.trainer.probe.Probes;
import dev.engram.trainer.training.Encoders;
import dev.engram.trainer.training.Pairs;
import dev.engram.v1.BatchGetImagesRequest;
import dev.engram.v1.CheckpointSource;
import dev.engram.v1.ComposedSource;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.Crop;
import dev.engram.v1.FineTuneSpec;
import dev.engram.v1.ImportEncoderSpec;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingPart;
import dev.engram.v1.TrainingRecipe;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trainer's runs in real worker processes. A training is 24 steps on 60 images. */
class TrainingProcessTest extends InterruptionContract {
    private static final int KILLS = 5;
    private static final int STEPS_BETWEEN_KILLS = 4;
    private static final TrainingRecipe RECIPE =
            SmallPair.recipe().toBuilder().setEpochs(8).setResumePointSteps(2).build();

    private static final RegisterDatasetSpec DATASET = SmallPair.dataset().toBuilder()
            .setComposed(ComposedSource.newBuilder().setImages(1200).setSeed(1))
            .build();
    private static final CreateSplitSpec SPLIT =
            SmallPair.split().toBuilder().setExternal(150).setPublicSet(900).build();
    private static final ProbeSpec PROBE = ProbeSpec.newBuilder().setPair("pairs/p").setK(5).build();

    @TempDir
    static Path home;

    private Laptop laptop;

    @BeforeAll
    void trainAPair() throws Exception {
        laptop = new Laptop(home, LaptopSettings.standard().withSlots(2));
        laptop.submit("d", RunSpec.newBuilder().setRegisterDataset(DATASET).build());
        laptop.submit("s", RunSpec.newBuilder().setCreateSplit(SPLIT).build());
        laptop.pairs().create("p", "splits/s", RECIPE, null);
        writeWeights(home.resolve("weights.safetensors"));
        laptop.await("p-f", Run.State.SUCCEEDED);
        laptop.await("p-g", Run.State.SUCCEEDED);
        assertNotEquals(laptop.made("p-f", "checkpoint"), laptop.made("p-g", "checkpoint"));
    }

    @AfterAll
    void stop() throws Exception {
        laptop.close();
    }

    @Override
    protected Laptop laptop() {
        return laptop;
    }

    @Override
    protected Stream<Kind> kinds() {
        FineTuneSpec tuning = FineTuneSpec.newBuilder()
                .setSource("encoders/p-f")
                .addLayers("layer2.conv")
                .setSplit("splits/s")
                .addParts(TrainingPart.TRAINING_PART_SHARED)
                .addParts(TrainingPart.TRAINING_PART_CANDIDATE)
                .setRecipe(RECIPE.toBuilder().clearProjector())
                .build();
        return Stream.of(
                new Kind(RunSpec.newBuilder().setFineTune(tuning).build(), "checkpoint", Middle.COUNTED),
                new Kind(RunSpec.newBuilder().setRegisterDataset(DATASET).build(), "dataset", Middle.HELD),
                new Kind(RunSpec.newBuilder().setCreateSplit(SPLIT).build(), "split", Middle.HELD),
                new Kind(training(RECIPE.toBuilder().setEpochs(8).build()), "checkpoint", Middle.COUNTED),
                new Kind(RunSpec.newBuilder().setProbe(PROBE).build(), "result", Middle.COUNTED),
                new Kind(importing(home.resolve("weights.safetensors")), "checkpoint", Middle.HELD));
    }

    @Test
    void killedFiveTimesItEndsInTheSameBytes() throws InterruptedException {
        laptop.submit("killed", training(RECIPE));
        Random draws = new Random(20240711);
        for (int kill = 0; kill < KILLS; kill++) {
            int point = kill * STEPS_BETWEEN_KILLS + 1 + draws.nextInt(STEPS_BETWEEN_KILLS);
            laptop.await("killed", () -> laptop.resumeStep("killed") >= point, "has not come to step " + point);
            Thread.sleep(draws.nextInt(100));
            laptop.kill("killed");
            RunRecord lost = laptop.await("killed", Run.State.LOST);
            assertEquals(RunError.Category.WORKER_LOST, lost.error().orElseThrow().getCategory());
            assertTrue(laptop.made("killed", "checkpoint").isEmpty());
            laptop.control().resume("killed");
        }
        assertEquals(KILLS + 1, laptop.await("killed", Run.State.SUCCEEDED).attempt());
        assertEquals(laptop.made("p-f", "checkpoint"), laptop.made("killed", "checkpoint"));
        List<Double> undisturbed = losses("p-f");
        assertEquals(24, undisturbed.size());
        assertEquals(undisturbed, losses("killed"));
    }

    @Test
    void divergedItSaysWhereAndKeepsTheLastGoodCheckpoint() {
        TrainingRecipe tooFast = RECIPE.toBuilder()
                .setOptimizer("lars")
                .setLearningRate(1e38)
                .setResumePointSteps(1)
                .build();
        laptop.submit("diverged", training(tooFast));
        RunError error = laptop.await("diverged", Run.State.FAILED).error().orElseThrow();
        assertEquals(RunError.Category.DIVERGED, error.getCategory());
        assertFalse(error.getRetryable());
        long kept = laptop.resumeStep("diverged");
        assertTrue(kept >= 1 && kept < error.getStep(), "kept %d, diverged at %d".formatted(kept, error.getStep()));
        assertTrue(error.getMessage().contains("the checkpoint of step " + kept + " is kept"), error.getMessage());
    }

    @Test
    void servicesShowWhatWasMade() {
        laptop.submit("probe", RunSpec.newBuilder().setProbe(PROBE).build());
        laptop.await("probe", Run.State.SUCCEEDED);
        ResultFiles files = new ResultFiles(laptop.store());
        RunSubmission submission = new RunSubmission(laptop.store().catalogue(), RunTasks.load());
        ProbeResult probe = new Probes(laptop.store().catalogue(), submission, files).result("runs/probe");
        assertEquals(List.of("f", "g"), probe.getAccuraciesList().stream().map(found -> found.getEncoder()).toList());
        assertEquals(900, probe.getTrainImages());
        assertTrue(new Pairs(laptop.store().catalogue()).get("pairs/p").getRunsList().contains("runs/probe"));
        assertEquals(1_644_672, new Encoders(laptop.store().catalogue(), files).get("encoders/p-f").getParameters());
        assertEquals(1200, new Datasets(laptop.store(), submission, files).get("datasets/d").getSummary().getImages());
        assertEquals(40, new Splits(laptop.store(), submission, files).get("splits/s").getSummary().getShared());
        assertPictures(new PictureService(laptop.store(), files));
    }

    private static void assertPictures(PictureService pictures) {
        BatchGetImagesRequest.Builder request =
                BatchGetImagesRequest.newBuilder().setDataset("datasets/d").addImageIds(7).addImageIds(3);
        var whole = pictures.images(request.build()).getImagesList();
        assertEquals(List.of(7L, 3L), whole.stream().map(picture -> picture.getImageId()).toList());
        var corner = pictures.images(request.setCrop(Crop.newBuilder().setCorner(CornerCrop.newBuilder().setFraction(0.5))).build());
        byte[] png = corner.getImages(0).getPng().toByteArray();
        assertEquals(16, png[19], "width in the header");
        assertEquals(
                "image_ids[2]: small has no image 9999",
                assertThrows(InvalidRunException.class, () -> pictures.images(request.addImageIds(9999).build())).getMessage());
        assertTrue(assertThrows(InvalidRunException.class, () -> pictures.images(
                        request.setCrop(Crop.newBuilder().setCorner(CornerCrop.newBuilder().setFraction(1.5))).build()))
                .getMessage().startsWith("crop.corner.fraction: must be in (0, 1)"));
    }

    private List<Double> losses(String id) {
        return laptop.store().catalogue().metrics().series(id, 500).get("loss").stream().map(point -> point.value()).toList();
    }

    private static void writeWeights(Path file) throws IOException {
        TorchEngine.start(1);
        try (StateDict state = StateLayout.of(Networks.encoder("resnet9", 3, 32)).initialState(7);
                OutputStream out = Files.newOutputStream(file)) {
            SafetensorsWriter.write(out, state, Map.of());
        }
    }

    private static RunSpec importing(Path file) {
        return RunSpec.newBuilder()
                .setImportEncoder(ImportEncoderSpec.newBuilder().setSource(CheckpointSource.newBuilder().setPath(file.toString())))
                .build();
    }

    private static RunSpec training(TrainingRecipe recipe) {
        return RunSpec.newBuilder()
                .setTrainEncoder(TrainEncoderSpec.newBuilder()
                        .setSplit("splits/s")
                        .setSide(TrainEncoderSpec.Side.CANDIDATE)
                        .setRecipe(recipe))
                .build();
    }
}
