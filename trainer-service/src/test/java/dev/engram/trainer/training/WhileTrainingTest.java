package dev.engram.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.augment.PeripheryCrop;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.features.ImageFeatures;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.RunFailure;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.testing.FolderRunContext;
import dev.engram.trainer.FolderRun;
import dev.engram.trainer.SmallPair;
import dev.engram.v1.LearningRateSchedule;
import dev.engram.v1.OnlineAttack;
import dev.engram.v1.OnlineProbes;
import dev.engram.v1.OptimizerOptions;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingPart;
import dev.engram.v1.TrainingRecipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at while an encoder is trained: probes, attacks, collapse. On 60 images a side, two epochs of three steps. */
class WhileTrainingTest {
    private static SmallPair pair;

    @BeforeAll
    static void trainBoth(@TempDir Path folder) throws Exception {
        TorchEngine.start(1);
        pair = SmallPair.in(folder);
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
                SmallPair.digests(pair.f().artifact("checkpoint")).get("encoder.safetensors"),
                SmallPair.digests(run.artifact("checkpoint")).get("encoder.safetensors"));
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
        Map<String, String> attacked = SmallPair.digests(run.artifact("checkpoint"));
        assertEquals(SmallPair.digests(pair.f().artifact("checkpoint")).get("encoder.safetensors"), attacked.get("encoder.safetensors"));

        RunSpec spec = pair.training(TrainEncoderSpec.Side.CANDIDATE, attacking);
        FolderRun dead = pair.f().next("attacking-again", spec).dieAfter(step -> step == 4);
        assertThrows(FolderRunContext.Death.class, () -> dead.execute(new TrainEncoderTask()));
        FolderRun resumed = pair.f().next("attacking-again", spec).execute(new TrainEncoderTask());
        assertEquals(attacked, SmallPair.digests(resumed.artifact("checkpoint")));
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
}
