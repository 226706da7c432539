package dev.engram.trainer.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.network.NetworkOption;
import dev.engram.encoders.network.Networks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.DpSgd;
import dev.engram.v1.LearningRateSchedule;
import dev.engram.v1.OnlineProbes;
import dev.engram.v1.OptimizerOptions;
import dev.engram.v1.TrainingRecipe;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RecipeRulesTest {
    @Test
    void everyProblemAtOnce() {
        assertEquals(
                """
                spec.recipe.network: must be one of %s, is "resnet10"
                spec.recipe.objective: must be one of %s, is "magic"
                spec.recipe.projector[1]: must be 1 to 1000000, is 0
                spec.recipe.projector_style: must be one of %s, is "linear"
                spec.recipe.temperature: must be greater than 0 and finite, is 0.0
                spec.recipe.augmentation: must be one of %s, is "none"
                spec.recipe.optimizer: must be one of adam, adamw, sgd, lars, is "lion"
                spec.recipe.batch_size: must be 2 to 65536, is 1
                spec.recipe.epochs: must be 1 to 1000000, is 0
                spec.recipe.resume_point_steps: must be at least 1, is 0
                spec.recipe.learning_rate: must be greater than 0 and finite, is -1.0
                spec.recipe.weight_decay: must be at least 0 and finite, is -0.5
                spec.recipe.ema_momentum: must be 0 (none) or in (0, 1), is 1.0
                spec.recipe.warmup_epochs: must be at least 0, is -2.0"""
                        .formatted(
                                String.join(", ", RecipeVocabulary.NETWORKS),
                                String.join(", ", RecipeVocabulary.OBJECTIVES),
                                String.join(", ", RecipeVocabulary.PROJECTOR_STYLES),
                                String.join(", ", RecipeVocabulary.AUGMENTATIONS)),
                problems(TrainingRecipe.newBuilder()
                        .setNetwork("resnet10")
                        .setObjective("magic")
                        .setOptimizer("lion")
                        .setAugmentation("none")
                        .setBatchSize(1)
                        .addProjector(256)
                        .addProjector(0)
                        .setProjectorStyle("linear")
                        .setTemperature(0)
                        .setLearningRate(-1)
                        .setWeightDecay(-0.5)
                        .setEmaMomentum(1)
                        .setEpochs(0)
                        .setWarmupEpochs(-2)
                        .setResumePointSteps(0)));
    }

    @Test
    void whatIsNotANumberIsRefusedEverywhere() {
        String problems = problems(TrainingRecipe.newBuilder()
                .setEpochs(10)
                .setTemperature(Double.NaN)
                .setLearningRate(Double.POSITIVE_INFINITY)
                .setWeightDecay(Double.NaN)
                .setEmaMomentum(Double.NaN)
                .setWarmupEpochs(Double.NaN));
        String fields = problems.lines()
                .map(line -> line.substring("spec.recipe.".length(), line.indexOf(':')))
                .distinct()
                .collect(Collectors.joining(" "));
        assertEquals("temperature learning_rate weight_decay ema_momentum warmup_epochs", fields);
    }

    @Test
    void warmupMustEndBeforeTraining() {
        DoubleStream.of(10, 11).forEach(warmup -> assertTrue(
                problems(TrainingRecipe.newBuilder().setEpochs(10).setWarmupEpochs(warmup))
                        .startsWith("spec.recipe.warmup_epochs: must be less than epochs (10), is " + warmup)));
        assertEquals("", problems(TrainingRecipe.newBuilder().setEpochs(10).setWarmupEpochs(9.5)));
    }

    @Test
    void aBatchFitsTheTrainingData() {
        FieldViolations violations = new FieldViolations();
        RecipeRules.checkBatch(TrainingRecipe.newBuilder().setBatchSize(101).build(), 100, "recipe", violations);
        RecipeRules.checkBatch(TrainingRecipe.newBuilder().build(), 100, "recipe", violations);
        RecipeRules.checkBatch(TrainingRecipe.newBuilder().setBatchSize(100).build(), 100, "recipe", violations);
        assertEquals(
                """
                recipe.batch_size: must be at most the 100 training images of an encoder, is 101
                recipe.batch_size: must be at most the 100 training images of an encoder, is 128 by default""",
                violations.toString());
    }

    @Test
    void whatDoesNotGoTogetherIsNamed() {
        assertEquals(
                """
                spec.recipe.projector: mae has no projector
                spec.recipe.projector_style: mae has no projector
                spec.recipe.network: must be one of vit_tiny, vit_small, vit_base with mae, is "resnet9"
                spec.recipe.augmentation: mae wants one view; it makes [2 of 32 pixels]""",
                problems(TrainingRecipe.newBuilder()
                        .setEpochs(1)
                        .setObjective("mae")
                        .addProjector(3)
                        .setProjectorStyle("plain")
                        .setAugmentation("simclr-normal")));
        assertEquals(
                """
                spec.recipe.objective_options.freeze_last_layer: 0.5 is not 0 to 100000
                spec.recipe.temperature: dino has no temperature
                spec.recipe.projector_style: dino has a head of its own
                spec.recipe.augmentation: dino wants two global views, and a second group of local views or none; it makes [1 of 32 pixels]""",
                problems(TrainingRecipe.newBuilder()
                        .setEpochs(1)
                        .setObjective("dino")
                        .setProjectorStyle("byol")
                        .setTemperature(1)
                        .putObjectiveOptions("freeze_last_layer", 0.5)
                        .setAugmentation("plain")));
    }

    @Test
    void everyWrongOptionByItsPath() {
        assertEquals(
                """
                spec.recipe.network_options.colour: resnet9 has no such option; it has %s
                spec.recipe.objective_options.lambda: simclr has no such option; it has temperature
                spec.recipe.objective_options.temperature: 0 is not > 0
                spec.recipe.temperature: must be objective_options.temperature (0.0), is 0.1
                spec.recipe.ema_final_momentum: must be in (0, 1], is 1.5
                spec.recipe.ema_schedule: must be one of cosine, linear, is "jump"
                spec.recipe.optimizer_options.momentum: must be in [0, 1), is 1.0
                spec.recipe.optimizer_options.beta1: sgd has no such option
                spec.recipe.optimizer_options.final_weight_decay: must be at least 0 and finite, is -1.0
                spec.recipe.optimizer_options.clip_norm: must be at least 0 and finite, is NaN
                spec.recipe.optimizer_options.vector_rate: must be greater than 0 and finite, is 0.0
                spec.recipe.schedule.final_fraction: step has no such option
                spec.recipe.schedule.gamma: must be in (0, 1], is 2.0
                spec.recipe.schedule.milestones[0]: must be greater than 0 and finite, is 0.0
                spec.recipe.schedule.step_size: is not for a schedule with milestones
                spec.recipe.schedule.milestones[2]: must be greater than the one before (5.0), is 5.0
                spec.recipe.online_probes.every_epochs: must be at least 1, is -1
                spec.recipe.online_probes.images: must be at least 2, is 1
                spec.recipe.online_probes.k: must be at most the 1 images learned from, is 7
                spec.recipe.online_probes.layers[1]: "a" is named twice
                spec.recipe.dp_sgd.clip_norm: must be greater than 0 and finite, is 0.0
                spec.recipe.dp_sgd.noise_multiplier: must be greater than 0 and finite, is 0.0
                spec.recipe.dp_sgd.delta: must be in (0, 1), is 1.0
                spec.recipe.dp_sgd: needs an objective whose loss is a mean over images, which that of simclr is not"""
                        .formatted(String.join(", ", Networks.family("resnet9").options().stream()
                                .map(NetworkOption::name)
                                .toList())),
                problems(TrainingRecipe.newBuilder()
                        .setEpochs(10)
                        .putNetworkOptions("colour", "red")
                        .putObjectiveOptions("lambda", 1)
                        .putObjectiveOptions("temperature", 0)
                        .setTemperature(0.1)
                        .setEmaMomentum(0.9)
                        .setEmaFinalMomentum(1.5)
                        .setEmaSchedule("jump")
                        .setOptimizer("sgd")
                        .setOptimizerOptions(OptimizerOptions.newBuilder()
                                .setMomentum(1)
                                .setBeta1(0.9)
                                .setFinalWeightDecay(-1)
                                .setClipNorm(Double.NaN)
                                .setVectorRate(0))
                        .setSchedule(LearningRateSchedule.newBuilder()
                                .setName("step")
                                .setFinalFraction(0)
                                .setGamma(2)
                                .addAllMilestones(List.of(0.0, 5.0, 5.0))
                                .setStepSize(1))
                        .setOnlineProbes(OnlineProbes.newBuilder()
                                .setEveryEpochs(-1)
                                .setImages(1)
                                .setK(7)
                                .addLayers("a")
                                .addLayers("a"))
                        .setDpSgd(DpSgd.newBuilder().setClipNorm(0).setDelta(1))));
    }

    @Test
    void privacyIsForNetworksWithoutBatchNormalization() {
        TrainingRecipe.Builder recipe = TrainingRecipe.newBuilder()
                .setEpochs(1)
                .setObjective("supervised")
                .setDpSgd(DpSgd.newBuilder().setNoiseMultiplier(1));
        assertEquals(
                "spec.recipe.network: must have no batch normalization with dp_sgd, resnet9 has prep.batch.running_mean",
                problems(recipe.clone()));
        assertEquals("", problems(recipe.clone().setNetwork("resnet18").putNetworkOptions("norm", "group")));
        assertEquals("", problems(recipe.clone().setNetwork("mlp")));
        assertEquals("", problems(recipe.clone().setNetwork("vit_tiny").putNetworkOptions("patch", "16")));
        TrainingRecipe filled = RecipeDefaults.fill(recipe.setNetwork("mlp").build(), 1000);
        assertEquals(1, filled.getDpSgd().getClipNorm());
        assertEquals(1e-4, filled.getDpSgd().getDelta(), 1e-18);
    }

    @Test
    void aVelocityIsNeededWhereItIsChangedAndABoundWhereGradientsAreClipped() {
        OptimizerOptions still = OptimizerOptions.newBuilder().setMomentum(0).setNesterov(true).setClipEach(true).build();
        assertEquals(
                """
                spec.recipe.optimizer_options.nesterov: needs a momentum above 0
                spec.recipe.optimizer_options.clip_each: needs a clip_norm above 0
                spec.recipe.warmup_epochs: must be 0 or unset with one_cycle, whose rise is schedule.pct_start, is 1.0
                spec.recipe.schedule.cycle_momentum: needs a momentum above 0""",
                problems(TrainingRecipe.newBuilder()
                        .setEpochs(10)
                        .setWarmupEpochs(1)
                        .setOptimizer("sgd")
                        .setOptimizerOptions(still)
                        .setSchedule(LearningRateSchedule.newBuilder().setName("one_cycle"))));
    }

    private static String problems(TrainingRecipe.Builder recipe) {
        FieldViolations violations = new FieldViolations();
        RecipeRules.check(recipe.build(), "spec.recipe", violations);
        return violations.toString();
    }
}
