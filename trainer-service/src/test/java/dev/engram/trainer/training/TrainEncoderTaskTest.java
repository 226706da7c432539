package dev.engram.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.PeripheryCrop;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.data.Visits;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.features.ImageFeatures;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunStopped;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.testing.FolderRunContext;
import dev.engram.trainer.FolderRun;
import dev.engram.trainer.SmallPair;
import dev.engram.trainer.dataset.AugmentationMessages;
import dev.engram.trainer.dataset.CreateSplitTask;
import dev.engram.trainer.dataset.RegisterDatasetTask;
import dev.engram.v1.Augmentation;
import dev.engram.v1.DpSgd;
import dev.engram.v1.LearningRateSchedule;
import dev.engram.v1.OnlineAttack;
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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
    void probesWhileTrainingAreLiveSeriesAndChangeNothing() throws Exception {
        TrainingRecipe probing = SmallPair.recipe().toBuilder()
                .setOnlineProbes(OnlineProbes.newBuilder().addLayers("output").addLayers("projector.0").setEveryEpochs(1).setK(3))
                .build();
        FolderRun run = pair.run("probing", TrainEncoderSpec.Side.CANDIDATE, probing);
        for (String series : List.of("probe_linear/output", "probe_knn/output", "probe_linear/projector.0", "probe_knn/projector.0")) {
            assertEquals(Set.of(3L, 6L), run.series.get(series).keySet(), series);
            assertTrue(run.series.get(series).values().stream().allMatch(value -> value >= 0 && value <= 1), series);
        }
        assertEquals(
                bytes(pair.f().artifact("checkpoint")).get("encoder.safetensors"),
                bytes(run.artifact("checkpoint")).get("encoder.safetensors"));
        TrainingRecipe.Builder wrong = probing.toBuilder();
        wrong.getOnlineProbesBuilder().addLayers("layer9");
        RunFailure failure = assertThrows(
                RunFailure.class, () -> pair.run("wrong-layer", TrainEncoderSpec.Side.CANDIDATE, wrong.build()));
        assertTrue(
                failure.getMessage().startsWith("spec.recipe: online_probes.layers: there is no layer layer9; there are "),
                failure.getMessage());
    }

    @Test
    void attacksWhileTrainingAreLiveSeriesAndChangeNothing() throws Exception {
        TrainingRecipe attacking = SmallPair.recipe().toBuilder()
                .setOnlineAttack(OnlineAttack.newBuilder().setEveryEpochs(1).setK(3).setImages(9).setPublicImages(50))
                .build();
        FolderRun run = pair.run("attacking", TrainEncoderSpec.Side.CANDIDATE, attacking);
        for (String series : List.of("online_attack/members", "online_attack/non-members", "online_attack_confidence/members")) {
            assertEquals(Set.of(3L, 6L), run.series.get(series).keySet(), series);
            assertTrue(run.series.get(series).values().stream().allMatch(value -> value >= 0 && value <= 1), series);
        }
        run.series.get("online_attack/difference").forEach((step, difference) -> assertEquals(
                run.series.get("online_attack/members").get(step) - run.series.get("online_attack/non-members").get(step), difference));
        Map<String, String> attacked = bytes(run.artifact("checkpoint"));
        assertEquals(bytes(pair.f().artifact("checkpoint")).get("encoder.safetensors"), attacked.get("encoder.safetensors"));

        RunSpec spec = pair.training(TrainEncoderSpec.Side.CANDIDATE, attacking);
        FolderRun dead = pair.f().next("attacking-again", spec).dieAfter(step -> step == 4);
        assertThrows(FolderRun.Death.class, () -> dead.execute(new TrainEncoderTask()));
        FolderRun resumed = pair.f().next("attacking-again", spec).execute(new TrainEncoderTask());
        assertEquals(attacked, bytes(resumed.artifact("checkpoint")));
        assertEquals(run.series.get("online_attack/members").get(6L), resumed.series.get("online_attack/members").get(6L));
    }

    /** The same images under the finished encoder, by a loop over all distances: what the last attack of the training found. */
    @Test
    void theLastAttackIsThatOfTheFinishedEncoder() throws Exception {
        TrainingRecipe attacking = SmallPair.recipe().toBuilder()
                .setOnlineAttack(OnlineAttack.newBuilder().setK(5).setCrop("periphery").setCut("backbone"))
                .build();
        FolderRun run = pair.run("attacked-g", TrainEncoderSpec.Side.REFERENCE, attacking);
        ImageSet images = ImageSetFile.open(run.input("datasets/d").resolve(ImageSetFile.FILE_NAME));
        Split split = Split.fromJson(Files.readAllBytes(run.input("splits/s").resolve(Split.FILE_NAME)));
        try (TrainedEncoder g = TrainedEncoder.read(run.artifact("checkpoint"));
                ImageFeatures features = new ImageFeatures(g.encoder(), g.state(), g.identity().normalization())) {
            FeatureMatrix known = features.whole(images, split.indices(Part.PUBLIC), count -> {});
            for (Map.Entry<String, Part> group : Map.of("members", Part.INDEPENDENT, "non-members", Part.CANDIDATE).entrySet()) {
                List<Integer> attacked = Arrays.stream(split.indices(group.getValue()))
                        .filter(index -> PeripheryCrop.over(images.shape()).seen(images, index).isPresent()).boxed().toList();
                FeatureMatrix crops = features.crops(
                        images,
                        attacked.stream().mapToInt(Integer::intValue).toArray(),
                        attacked.stream().map(index -> PeripheryCrop.over(images.shape()).seen(images, index).orElseThrow()).toList(),
                        count -> {});
                int right = 0;
                for (int i = 0; i < attacked.size(); i++) {
                    right += named(known, images.labels(split.indices(Part.PUBLIC)), crops.row(i), 5) == images.label(attacked.get(i)) ? 1 : 0;
                }
                assertEquals((double) right / attacked.size(), run.series.get("online_attack/" + group.getKey()).get(6L), 1e-12);
            }
        }
    }

    /** The most frequent class among the k rows nearest to a feature. */
    private static int named(FeatureMatrix known, int[] labels, float[] feature, int k) {
        int[] votes = new int[10];
        IntStream.range(0, labels.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> IntStream.range(0, feature.length)
                        .mapToDouble(j -> Math.pow(known.row(row)[j] - feature[j], 2))
                        .sum()))
                .limit(k)
                .forEach(row -> votes[labels[row]]++);
        return IntStream.range(0, 10).boxed().max(Comparator.comparingInt((Integer label) -> votes[label])
                .thenComparing(Comparator.reverseOrder())).orElseThrow();
    }

    @Test
    void whatAnAttackNeedsIsSaid() {
        assertEquals("spec.recipe.online_attack.k: must be at most the 60 public images of the split, is 61",
                refused(OnlineAttack.newBuilder().setK(61)));
        String cut = refused(OnlineAttack.newBuilder().setCut("layer9"));
        assertTrue(cut.startsWith("spec.recipe: online_attack.cut: there is no layer9 to cut at; there are backbone, projector, "), cut);
        FieldViolations violations = new FieldViolations();
        TrainEncoderSpec.Builder spec = TrainEncoderSpec.newBuilder().setSplit("splits/s").setRecipe(SmallPair.recipe());
        spec.addParts(TrainingPart.TRAINING_PART_CANDIDATE).getRecipeBuilder().setOnlineAttack(OnlineAttack.newBuilder()
                .setEveryEpochs(-1).setImages(1).setPublicImages(1).setK(9).setCrop("middle").setFraction(1));
        TrainingSpecRules.check(spec.build(), violations);
        assertEquals(
                """
                spec.recipe.online_attack.every_epochs: must be at least 1, is -1
                spec.recipe.online_attack.images: must be at least 2, is 1
                spec.recipe.online_attack.public_images: must be at least 2, is 1
                spec.recipe.online_attack.k: must be 1 to the 1 public images, is 9
                spec.recipe.online_attack.crop: must be one of lower_left, lower_right, upper_left, upper_right, periphery, is "middle"
                spec.recipe.online_attack.fraction: must be in (0, 1), is 1.0
                spec.recipe.online_attack: needs a side of a split: the images of the other side are the non-members""",
                violations.toString());
    }

    private static String refused(OnlineAttack.Builder attack) {
        TrainingRecipe recipe = SmallPair.recipe().toBuilder().setOnlineAttack(attack).build();
        return assertThrows(RunFailure.class, () -> pair.run("refused", TrainEncoderSpec.Side.CANDIDATE, recipe)).getMessage();
    }

    @Test
    void collapseIsNoticedWhileTrainingAndKeptInTheCheckpoint() throws Exception {
        TrainingRecipe decayedToNothing = SmallPair.recipe().toBuilder()
                .setOptimizer("sgd")
                .setOptimizerOptions(OptimizerOptions.newBuilder().setMomentum(0))
                .setLearningRate(0.01)
                .setWeightDecay(100)
                .setWarmupEpochs(0)
                .setBatchSize(2)
                .setEpochs(4)
                .setResumePointSteps(1000)
                .setSchedule(LearningRateSchedule.newBuilder().setName("constant"))
                .build();
        FolderRun run = pair.run("collapsed", TrainEncoderSpec.Side.CANDIDATE, decayedToNothing);
        assertEquals(List.of(0.0, 0.0, 0.0, 1.0), List.copyOf(run.series.get("collapsed").values()));
        assertEquals(1, run.log.stream().filter(line -> line.contains("collapse after step 120")).count(), run.log.toString());
        try (TrainedEncoder encoder = TrainedEncoder.read(run.artifact("checkpoint"))) {
            assertEquals("true", encoder.manifest().details().get("collapsed"));
        }
        try (TrainedEncoder encoder = TrainedEncoder.read(pair.f().artifact("checkpoint"))) {
            assertEquals("false", encoder.manifest().details().get("collapsed"));
        }
        assertEquals(0, pair.f().series.get("collapsed").lastEntry().getValue());
        assertTrue(pair.f().series.get("rankme").lastEntry().getValue() >= 1);
        assertTrue(run.series.get("rankme").lastEntry().getValue() < 1.5);
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
