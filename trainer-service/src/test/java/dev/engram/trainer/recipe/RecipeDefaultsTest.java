package dev.engram.trainer.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.network.Networks;
import dev.engram.inputs.AugmentationMessages;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.LearningRateSchedule;
import dev.engram.v1.OnlineAttack;
import dev.engram.v1.OnlineProbes;
import dev.engram.v1.OptimizerOptions;
import dev.engram.v1.TrainingRecipe;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecipeDefaultsTest {
    @Test
    void everyDefaultAtOnce() {
        assertEquals(
                TrainingRecipe.newBuilder()
                        .setNetwork("resnet9")
                        .putAllNetworkOptions(Networks.family("resnet9").options(Map.of()).values())
                        .setObjective("simclr")
                        .putObjectiveOptions("temperature", 0.5)
                        .setTemperature(0.5)
                        .addProjector(256)
                        .addProjector(64)
                        .setProjectorStyle("vicreg")
                        .setEpochs(30)
                        .setBatchSize(128)
                        .setPrecision("float32")
                        .setOptimizer("adam")
                        .setOptimizerOptions(OptimizerOptions.newBuilder()
                                .setBeta1(0.9)
                                .setBeta2(0.999)
                                .setEps(1e-8)
                                .setFinalWeightDecay(1e-6)
                                .setClipNorm(0)
                                .setClipEach(false)
                                .setDecayVectors(false)
                                .setVectorRate(1))
                        .setSchedule(LearningRateSchedule.newBuilder()
                                .setName("warmup_cosine")
                                .setFinalFraction(0.001)
                                .setStartFraction(0)
                                .setStretch(1))
                        .setLearningRate(1e-3)
                        .setWeightDecay(1e-6)
                        .setWarmupEpochs(3)
                        .setAugmentation("simclr-normal")
                        .setAugmentationValues(AugmentationMessages.message(AugmentationRecipe.named("simclr-normal")))
                        .setSeed(0)
                        .setEmaMomentum(0)
                        .setEmaFinalMomentum(0)
                        .setEmaSchedule("cosine")
                        .setResumePointSteps(105)
                        .build(),
                RecipeDefaults.fill(TrainingRecipe.newBuilder().setEpochs(30).build(), 1000));
    }

    @Test
    void theLearningRateOfLarsFollowsTheBatch() {
        TrainingRecipe recipe = RecipeDefaults.fill(TrainingRecipe.newBuilder()
                .setEpochs(1)
                .setOptimizer("lars")
                .setBatchSize(512)
                .build());
        assertEquals(0.6, recipe.getLearningRate(), 1e-12);
    }

    @Test
    void whatIsSetStays() {
        TrainingRecipe set = NamedRecipes.all().getFirst().getRecipe();
        assertEquals(set, RecipeDefaults.fill(set, 10_000));
    }

    @Test
    void everyObjectiveHasItsDefaults() {
        TrainingRecipe byol = filled("byol", "resnet9");
        assertEquals(List.of(4096, 256), byol.getProjectorList());
        assertEquals("byol", byol.getProjectorStyle());
        assertEquals("byol", byol.getAugmentation());
        assertEquals(List.of(0.996, 1.0), List.of(byol.getEmaMomentum(), byol.getEmaFinalMomentum()));
        assertEquals(Map.of("predictor_hidden", 4096.0), byol.getObjectiveOptionsMap());
        assertFalse(byol.hasTemperature());
        TrainingRecipe supervised = filled("supervised", "resnet9");
        assertEquals(0, supervised.getProjectorCount());
        assertEquals("", supervised.getProjectorStyle());
        assertEquals(Map.of("label_smoothing", 0.0), supervised.getObjectiveOptionsMap());
        assertEquals(0, supervised.getEmaMomentum());
        TrainingRecipe dino = filled("dino", "vit_tiny");
        assertEquals(List.of(2048, 2048, 256, 65_536), dino.getProjectorList());
        assertEquals(
                Map.of("student_temperature", 0.1, "teacher_temperature", 0.04, "warmup_teacher_temperature", 0.04,
                        "warmup_teacher_epochs", 0.0, "center_momentum", 0.9, "freeze_last_layer", 1.0, "head_norm", 0.0,
                        "norm_last_layer", 1.0, "drop_path", 0.0),
                dino.getObjectiveOptionsMap());
        for (String objective : RecipeVocabulary.OBJECTIVES) {
            assertEquals("", problems(filled(objective, "vit_tiny").toBuilder()), objective);
        }
    }

    @Test
    void everyOptimizerAndScheduleHasItsDefaults() {
        TrainingRecipe lars = RecipeDefaults.fill(TrainingRecipe.newBuilder().setEpochs(9).setOptimizer("lars").build());
        assertEquals(
                OptimizerOptions.newBuilder()
                        .setMomentum(0.9)
                        .setTrustCoefficient(0.001)
                        .setFinalWeightDecay(1e-6)
                        .setClipNorm(0)
                                .setClipEach(false)
                        .setDecayVectors(false)
                        .setVectorRate(1)
                        .build(),
                lars.getOptimizerOptions());
        TrainingRecipe sgd = RecipeDefaults.fill(TrainingRecipe.newBuilder()
                .setEpochs(9)
                .setOptimizer("sgd")
                .setSchedule(LearningRateSchedule.newBuilder().setName("step"))
                .build());
        assertEquals(0.025, sgd.getLearningRate(), 1e-15);
        assertTrue(sgd.getOptimizerOptions().hasNesterov());
        assertEquals(
                LearningRateSchedule.newBuilder().setName("step").setStartFraction(0).setGamma(0.1).setStepSize(3).build(),
                sgd.getSchedule());
        assertEquals(0, sgd.getWarmupEpochs());
        TrainingRecipe adamw = RecipeDefaults.fill(TrainingRecipe.newBuilder()
                .setEpochs(9)
                .setOptimizer("adamw")
                .setSchedule(LearningRateSchedule.newBuilder().setName("one_cycle"))
                .setOnlineProbes(OnlineProbes.getDefaultInstance())
                .setOnlineAttack(OnlineAttack.getDefaultInstance())
                .build());
        assertEquals(0.05, adamw.getWeightDecay());
        assertEquals(
                LearningRateSchedule.newBuilder()
                        .setName("one_cycle")
                        .setPctStart(0.3)
                        .setDivFactor(25)
                        .setFinalDivFactor(1e4)
                        .setCycleMomentum(true)
                        .setBaseMomentum(0.85)
                        .setMaxMomentum(0.95)
                        .build(),
                adamw.getSchedule());
        assertEquals(
                OnlineProbes.newBuilder().addLayers("output").setEveryEpochs(1).setImages(1000).setK(20).build(),
                adamw.getOnlineProbes());
        assertEquals(
                OnlineAttack.newBuilder().setEveryEpochs(1).setImages(500).setPublicImages(2000).setK(20).setCrop("lower_left").setFraction(0.3)
                        .setCut("projector").build(),
                adamw.getOnlineAttack());
    }

    private static TrainingRecipe filled(String objective, String network) {
        return RecipeDefaults.fill(
                TrainingRecipe.newBuilder().setEpochs(1).setObjective(objective).setNetwork(network).build());
    }

    private static String problems(TrainingRecipe.Builder recipe) {
        FieldViolations violations = new FieldViolations();
        RecipeRules.check(recipe.build(), "spec.recipe", violations);
        return violations.toString();
    }
}
