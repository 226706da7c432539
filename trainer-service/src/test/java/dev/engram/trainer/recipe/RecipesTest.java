package dev.engram.trainer.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.NamedRecipe;
import dev.engram.v1.TrainingRecipe;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RecipesTest {
    @Test
    void everyDefaultAtOnce() {
        assertEquals(
                TrainingRecipe.newBuilder()
                        .setNetwork("resnet9")
                        .setObjective("simclr")
                        .setTemperature(0.5)
                        .addProjector(256)
                        .addProjector(64)
                        .setEpochs(30)
                        .setBatchSize(128)
                        .setOptimizer("adam")
                        .setLearningRate(1e-3)
                        .setWeightDecay(1e-6)
                        .setWarmupEpochs(3)
                        .setAugmentation("simclr-normal")
                        .setSeed(0)
                        .setEmaMomentum(0)
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
    void everyProblemAtOnce() {
        assertEquals(
                """
                spec.recipe.network: must be one of resnet9, resnet18, is "resnet10"
                spec.recipe.objective: must be one of simclr, is "byol"
                spec.recipe.optimizer: must be one of adam, lars, is "sgd"
                spec.recipe.augmentation: must be one of %s, is "none"
                spec.recipe.batch_size: must be 2 to 65536, is 1
                spec.recipe.projector[1]: must be 1 to 65536, is 0
                spec.recipe.temperature: must be greater than 0 and finite, is 0.0
                spec.recipe.learning_rate: must be greater than 0 and finite, is -1.0
                spec.recipe.weight_decay: must be at least 0 and finite, is -0.5
                spec.recipe.ema_momentum: must be 0 (none) or in (0, 1), is 1.0
                spec.recipe.epochs: must be 1 to 1000000, is 0
                spec.recipe.warmup_epochs: must be at least 0, is -2.0
                spec.recipe.resume_point_steps: must be at least 1, is 0"""
                        .formatted(String.join(", ", RecipeVocabulary.AUGMENTATIONS)),
                problems(TrainingRecipe.newBuilder()
                        .setNetwork("resnet10")
                        .setObjective("byol")
                        .setOptimizer("sgd")
                        .setAugmentation("none")
                        .setBatchSize(1)
                        .addProjector(256)
                        .addProjector(0)
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
    void namedRecipesAreValidCompleteAndFitTheirSplit() {
        for (NamedRecipe named : NamedRecipes.all()) {
            assertEquals("", problems(named.getRecipe().toBuilder()), named.getId());
            assertEquals(named.getRecipe(), RecipeDefaults.fill(named.getRecipe(), 10_000), named.getId());
            FieldViolations violations = new FieldViolations();
            RecipeRules.checkBatch(
                    named.getRecipe(),
                    named.getSplit().getShared() + named.getSplit().getCandidate(),
                    "recipe",
                    violations);
            assertTrue(violations.isEmpty(), named.getId() + violations);
        }
    }

    private static String problems(TrainingRecipe.Builder recipe) {
        FieldViolations violations = new FieldViolations();
        RecipeRules.check(recipe.build(), "spec.recipe", violations);
        return violations.toString();
    }
}
