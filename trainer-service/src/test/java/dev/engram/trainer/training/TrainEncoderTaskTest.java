package dev.engram.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.data.Visits;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.inputs.AugmentationMessages;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunStopped;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.testing.FolderRunContext;
import dev.engram.trainer.FolderRun;
import dev.engram.trainer.SmallPair;
import dev.engram.trainer.dataset.CreateSplitTask;
import dev.engram.trainer.dataset.RegisterDatasetTask;
import dev.engram.v1.Augmentation;
import dev.engram.v1.DpSgd;
import dev.engram.v1.OnlineProbes;
import dev.engram.v1.OptimizerOptions;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingPart;
import dev.engram.v1.TrainingRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On 60 images a side, two epochs of three steps. */
class TrainEncoderTaskTest {
    private static SmallPair pair;

    @BeforeAll
    static void trainBoth(@TempDir Path folder) throws Exception {
        TorchEngine.start(1);
        pair = SmallPair.in(folder);
    }

    @Test
    void publishesWeightsAndWhatTheyCameFrom() throws Exception {
        try (TrainedEncoder encoder = TrainedEncoder.read(pair.f().artifact("checkpoint"))) {
            assertEquals("resnet9", encoder.encoder().name());
            assertEquals("fashion-grey", encoder.augmentation());
            assertEquals(6, encoder.manifest().step());
            assertEquals("1644672", encoder.manifest().details().get("parameters"));
            assertEquals("candidate", encoder.manifest().details().get("side_of_pair"));
            assertEquals("cpu", encoder.manifest().details().get("device"));
            assertTrue(encoder.state().contains("layer3_residual2.conv.weight"));
            assertTrue(encoder.state().contains("projector.0.weight"));
        }
    }

    @Test
    void whatThisWorkerCannotMultiplyInIsSaid() {
        assumeFalse(TorchEngine.device().isCuda(), "this process computes on a card");
        TrainingRecipe rounded = SmallPair.recipe().toBuilder().setPrecision("tf32").build();
        RunFailure failure = assertThrows(RunFailure.class, () -> pair.run("tf32", TrainEncoderSpec.Side.CANDIDATE, rounded));
        assertEquals(RunError.Category.INVALID_SPEC, failure.category());
        assertEquals(
                "spec.recipe: precision: tf32 is a mode of CUDA devices; this process computes on cpu (engram.devices)", failure.getMessage());
    }

    @Test
    void recordsSeriesOfEveryStep() {
        Map<String, TreeMap<Long, Double>> series = pair.f().series;
        assertEquals(6, series.get("loss").size());
        assertEquals(6, series.get("learning_rate").size());
        assertEquals(0, series.get("learning_rate").get(1L));
        assertEquals(2, series.get("embedding_spread").size());
        double spread = series.get("embedding_spread").lastEntry().getValue();
        assertTrue(spread > 0 && spread < 1.1, "spread " + spread);
    }

    @Test
    void sidesDifferByDataAlone() throws Exception {
        assertNotEquals(bytes(pair.f().artifact("checkpoint")), bytes(pair.g().artifact("checkpoint")));
        FolderRun again = pair.f().next("again-f", pair.training(TrainEncoderSpec.Side.CANDIDATE, SmallPair.recipe()))
                .execute(new TrainEncoderTask());
        assertEquals(bytes(pair.f().artifact("checkpoint")), bytes(again.artifact("checkpoint")));
        assertEquals(pair.f().series.get("loss"), again.series.get("loss"));
    }

    @Test
    void bothSidesStartFromTheSameWeightsAndDoOneStepOnDifferentData() throws Exception {
        TrainingRecipe still = SmallPair.recipe().toBuilder().setEpochs(1).setLearningRate(1e-30).setWarmupEpochs(0).build();
        FolderRun f = pair.run("still-f", TrainEncoderSpec.Side.CANDIDATE, still);
        FolderRun g = pair.run("still-g", TrainEncoderSpec.Side.REFERENCE, still);
        try (TrainedEncoder a = TrainedEncoder.read(f.artifact("checkpoint"));
                TrainedEncoder b = TrainedEncoder.read(g.artifact("checkpoint"))) {
            assertArrayEquals(weights(a.state()), weights(b.state()));
        }
        assertNotEquals(f.series.get("loss").get(1L), g.series.get("loss").get(1L));
    }

    @Test
    void pauseSavesWhereItIsAndResumeEndsInTheSameBytes() throws Exception {
        RunSpec spec = pair.training(TrainEncoderSpec.Side.CANDIDATE, SmallPair.recipe());
        FolderRun paused = pair.f().next("paused", spec).stopAt(5, Run.State.PAUSED);
        assertEquals(
                Run.State.PAUSED,
                assertThrows(RunStopped.class, () -> paused.execute(new TrainEncoderTask())).target());
        assertFalse(paused.resumePoints.isEmpty());
        assertFalse(Files.exists(paused.artifact("checkpoint")));
        FolderRun resumed = pair.f().next("paused", spec).execute(new TrainEncoderTask());
        assertTrue(resumed.log.getFirst().contains("taken up again after step " + paused.resumePoints.getLast()));
        assertEquals(bytes(pair.f().artifact("checkpoint")), bytes(resumed.artifact("checkpoint")));
    }

    @Test
    void aMovingAverageIsKeptThroughAResumeToo() throws Exception {
        TrainingRecipe averaging = SmallPair.recipe().toBuilder().setEmaMomentum(0.9).build();
        FolderRun whole = pair.run("ema", TrainEncoderSpec.Side.CANDIDATE, averaging);
        RunSpec spec = pair.training(TrainEncoderSpec.Side.CANDIDATE, averaging);
        FolderRun dead = pair.f().next("ema-again", spec).dieAfter(step -> step == 2);
        assertThrows(FolderRunContext.Death.class, () -> dead.execute(new TrainEncoderTask()));
        FolderRun resumed = pair.f().next("ema-again", spec).execute(new TrainEncoderTask());
        assertTrue(Files.exists(whole.artifact("checkpoint").resolve("average_encoder.safetensors")));
        assertEquals(bytes(whole.artifact("checkpoint")), bytes(resumed.artifact("checkpoint")));
    }

    @Test
    void divergenceIsNamedWithItsStepAndTheLastGoodCheckpointIsKept() throws Exception {
        TrainingRecipe tooFast = SmallPair.recipe().toBuilder()
                .setOptimizer("lars")
                .setLearningRate(1e38)
                .setWarmupEpochs(1.5)
                .setResumePointSteps(1)
                .build();
        FolderRun run = pair.f().next("fast", pair.training(TrainEncoderSpec.Side.CANDIDATE, tooFast));
        RunFailure failure = assertThrows(RunFailure.class, () -> run.execute(new TrainEncoderTask()));
        assertEquals(RunError.Category.DIVERGED, failure.category());
        assertTrue(failure.step() > 1 && failure.step() <= 6, "step " + failure.step());
        assertFalse(failure.retryable());
        assertFalse(Files.exists(run.artifact("checkpoint")));
        long kept = run.resumePoints.getLast();
        assertTrue(kept < failure.step());
        assertTrue(failure.getMessage().contains("the checkpoint of step " + kept + " is kept"), failure.getMessage());
    }

    /** 16 images of a side, half of them repeated three times: 32 visits an epoch, as many for f as for g, and the same bytes after a stop. */
    @Test
    void repeatedImagesAreVisitedAsOftenAsTheDataSetSays(@TempDir Path folder) throws Exception {
        RunSpec.Builder data = RunSpec.newBuilder().setRegisterDataset(SmallPair.dataset());
        data.getRegisterDatasetBuilder().getComposedBuilder().addRepeats(1).addRepeats(3);
        FolderRun dataset = FolderRun.in(folder, "d", data.build()).execute(new RegisterDatasetTask());
        FolderRun split = dataset.next("s", RunSpec.newBuilder()
                        .setCreateSplit(SmallPair.split().toBuilder().setShared(0).setCandidate(16).setIndependent(16))
                        .build())
                .execute(new CreateSplitTask());
        ImageSet images = ImageSetFile.open(dataset.artifact("dataset").resolve(ImageSetFile.FILE_NAME));
        Split parts = Split.fromJson(Files.readAllBytes(split.artifact("split").resolve(Split.FILE_NAME)));
        int visits = Visits.of(images, parts.trainingOfF()).size();
        assertEquals(visits, Visits.of(images, parts.trainingOfG()).size());
        assertTrue(visits > 16 && visits < 48, visits + " visits");
        TrainingRecipe recipe = SmallPair.recipe().toBuilder().setBatchSize(8).setResumePointSteps(1).build();
        RunSpec spec = pair.training(TrainEncoderSpec.Side.CANDIDATE, recipe);
        FolderRun whole = split.next("whole", spec).execute(new TrainEncoderTask());
        assertEquals(2L * (visits / 8), whole.series.get("loss").lastEntry().getKey());
        assertTrue(whole.log.contains("INFO an epoch visits 16 images %d times in %d steps, as the data set repeats them"
                .formatted(visits, visits / 8)), whole.log.toString());
        FolderRun dead = split.next("dead", spec).dieAfter(step -> step == 3);
        assertThrows(FolderRun.Death.class, () -> dead.execute(new TrainEncoderTask()));
        FolderRun resumed = split.next("dead", spec).execute(new TrainEncoderTask());
        assertEquals(bytes(whole.artifact("checkpoint")), bytes(resumed.artifact("checkpoint")));
        RunSpec.Builder guarded = spec.toBuilder();
        guarded.getTrainEncoderBuilder().getRecipeBuilder().setDpSgd(DpSgd.newBuilder().setNoiseMultiplier(1));
        RunFailure failure = assertThrows(
                RunFailure.class, () -> split.next("private", guarded.build()).execute(new TrainEncoderTask()));
        assertEquals("spec.recipe.dp_sgd: needs training images that are not repeated: what it accounts for is one visit, not an image "
                + "with several", failure.getMessage());
    }

    @Test
    void aBatchLargerThanTheTrainingDataIsRefused() {
        TrainingRecipe large = SmallPair.recipe().toBuilder().setBatchSize(61).build();
        RunFailure failure = assertThrows(
                RunFailure.class, () -> pair.run("large", TrainEncoderSpec.Side.CANDIDATE, large));
        assertEquals(
                "spec.recipe.batch_size: must be at most the 60 training images of an encoder, is 61",
                failure.getMessage());
        assertEquals(RunError.Category.INVALID_SPEC, failure.category());
    }

    @Test
    void oneEncoderIsTrainedOnPartsOfASplitOrOnAWholeDataSet() throws Exception {
        RunSpec.Builder parts = pair.training(TrainEncoderSpec.Side.SIDE_UNSPECIFIED, SmallPair.recipe()).toBuilder();
        parts.getTrainEncoderBuilder()
                .addParts(TrainingPart.TRAINING_PART_CANDIDATE)
                .addParts(TrainingPart.TRAINING_PART_SHARED);
        FolderRun sameImages = pair.f().next("parts", parts.build()).execute(new TrainEncoderTask());
        assertEquals(
                bytes(pair.f().artifact("checkpoint")).get("encoder.safetensors"),
                bytes(sameImages.artifact("checkpoint")).get("encoder.safetensors"));

        RunSpec.Builder whole = parts.clone();
        whole.getTrainEncoderBuilder().clearParts().clearSplit().setDataset("datasets/d").getRecipeBuilder().setEpochs(1);
        FolderRun all = pair.f().next("whole", whole.build()).execute(new TrainEncoderTask());
        assertEquals(10, all.series.get("loss").size(), "200 images in batches of 20");
        try (TrainedEncoder encoder = TrainedEncoder.read(all.artifact("checkpoint"))) {
            assertFalse(encoder.manifest().details().containsKey("split_digest"));
        }
    }

    @Test
    void anAugmentationOfOnesOwnIsWhatIsDone() throws Exception {
        Augmentation preset = AugmentationMessages.message(AugmentationRecipe.named("fashion-grey"));
        FolderRun same = pair.run("same-values", TrainEncoderSpec.Side.CANDIDATE,
                SmallPair.recipe().toBuilder().setAugmentationValues(preset).build());
        assertEquals(
                bytes(pair.f().artifact("checkpoint")).get("encoder.safetensors"),
                bytes(same.artifact("checkpoint")).get("encoder.safetensors"));
        Augmentation.Builder own = preset.toBuilder().setName("mine");
        own.getGroupsBuilder(0).getRecipesBuilder(0).setVerticalFlip(1);
        FolderRun other = pair.run("own-values", TrainEncoderSpec.Side.CANDIDATE,
                SmallPair.recipe().toBuilder().clearAugmentation().setAugmentationValues(own).build());
        assertNotEquals(same.series.get("loss").get(2L), other.series.get("loss").get(2L));
        try (TrainedEncoder encoder = TrainedEncoder.read(other.artifact("checkpoint"))) {
            assertEquals("mine", AugmentationRecipe.parse(encoder.augmentation()).name());
        }
    }

    @Test
    void whatAnEncoderIsTrainedOnIsSaidOnce() {
        FieldViolations violations = new FieldViolations();
        TrainEncoderSpec.Builder spec = TrainEncoderSpec.newBuilder().setRecipe(SmallPair.recipe()).setSplit("splits/s");
        spec.addParts(TrainingPart.TRAINING_PART_UNSPECIFIED)
                .addParts(TrainingPart.TRAINING_PART_PUBLIC)
                .addParts(TrainingPart.TRAINING_PART_PUBLIC);
        TrainingSpecRules.check(spec.build(), violations);
        TrainingSpecRules.check(spec.setSide(TrainEncoderSpec.Side.CANDIDATE).clearParts().addParts(TrainingPart.TRAINING_PART_SHARED).build(), violations);
        spec.getRecipeBuilder().setOnlineProbes(OnlineProbes.getDefaultInstance());
        TrainingSpecRules.check(spec.setDataset("datasets/d").build(), violations);
        assertEquals(
                """
                spec.parts[0]: must be a part of a split
                spec.parts[2]: TRAINING_PART_PUBLIC is named twice
                spec.parts: must be empty for a side of the split
                spec.split: must be empty where a whole data set is trained on
                spec.side: must be unset where a whole data set is trained on
                spec.parts: must be empty where a whole data set is trained on
                spec.recipe.online_probes: needs a split: its public set to learn from and its external points""",
                violations.toString());
    }

    @Test
    void aRecipeThatDoesNotFitTheImagesIsAnInvalidSpec() {
        TrainingRecipe unknown = SmallPair.recipe().toBuilder()
                .setOptimizerOptions(OptimizerOptions.newBuilder().addUndecayed("head."))
                .build();
        RunFailure failure = assertThrows(
                RunFailure.class, () -> pair.run("unknown", TrainEncoderSpec.Side.CANDIDATE, unknown));
        assertEquals(RunError.Category.INVALID_SPEC, failure.category());
        assertEquals("spec.recipe: undecayed: there is no parameter \"head.\"", failure.getMessage());
    }

    @Test
    void reportsEveryInvalidFieldAtOnce() {
        FieldViolations violations = new FieldViolations();
        new TrainEncoderTask()
                .validate(
                        RunSpec.newBuilder()
                                .setTrainEncoder(TrainEncoderSpec.newBuilder()
                                        .setPair("pear")
                                        .setRecipe(TrainingRecipe.newBuilder().setTemperature(0)))
                                .build(),
                        violations);
        assertEquals(
                """
                spec.split: is required: splits/…
                spec.side: is required: CANDIDATE or REFERENCE, unless there are parts
                spec.pair: must be pairs/ and 1 to 63 of [a-z0-9-], is "pear"
                spec.recipe.temperature: must be greater than 0 and finite, is 0.0
                spec.recipe.epochs: must be 1 to 1000000, is 0""",
                violations.toString());
    }

    private static float[] weights(StateDict state) {
        return state.get("layer2.conv.weight").floats();
    }

    private static Map<String, String> bytes(Path folder) throws IOException {
        return SmallPair.digests(folder);
    }
}
