package dev.engram.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.optim.Schedule;
import dev.engram.encoders.optim.WarmupCosine;
import dev.engram.trainer.recipe.NamedRecipes;
import dev.engram.trainer.recipe.RecipeDefaults;
import dev.engram.v1.LearningRateSchedule;
import dev.engram.v1.OptimizerOptions;
import dev.engram.v1.TrainingRecipe;
import org.junit.jupiter.api.Test;

/** Ten steps an epoch, twenty epochs. */
class RecipeSchedulesTest {
    @Test
    void theDefaultIsWarmUpAndCosine() {
        Schedule rate = schedules(recipe()).learningRate();
        WarmupCosine expected = new WarmupCosine(1, 20, 200, 0.001);
        for (long step = 0; step <= 210; step++) {
            assertEquals(expected.at(step), rate.at(step), 1e-15, "step " + step);
        }
        assertTrue(schedules(recipe()).weightDecay().isEmpty());
        assertTrue(schedules(recipe()).momentum().isEmpty());
    }

    @Test
    void fallsAreCountedFromTheBeginningAlsoAfterAWarmUp() {
        TrainingRecipe.Builder recipe = recipe().setWarmupEpochs(2);
        recipe.getScheduleBuilder().setName("step").setGamma(0.5).addMilestones(5).addMilestones(10.5);
        Schedule rate = schedules(recipe).learningRate();
        assertEquals(0.5, rate.at(10), 1e-15);
        assertEquals(1, rate.at(49), 1e-15);
        assertEquals(0.5, rate.at(50), 1e-15);
        assertEquals(0.5, rate.at(104), 1e-15);
        assertEquals(0.25, rate.at(105), 1e-15);
    }

    @Test
    void everySoManyEpochsWhereThereAreNoMilestones() {
        TrainingRecipe.Builder recipe = recipe();
        recipe.getScheduleBuilder().setName("step").setGamma(0.5).setStepSize(7.5);
        Schedule rate = schedules(recipe).learningRate();
        assertEquals(1, rate.at(74), 1e-15);
        assertEquals(0.5, rate.at(75), 1e-15);
        assertEquals(0.25, rate.at(150), 1e-15);
        assertEquals(0.25, rate.at(199), 1e-15);
    }

    @Test
    void stretchedCosinesAreCutOff() {
        TrainingRecipe.Builder recipe = recipe().setWarmupEpochs(0).setWeightDecay(0.04).setEmaMomentum(0.996)
                .setEmaFinalMomentum(1).setEmaSchedule("linear");
        recipe.getScheduleBuilder().setFinalFraction(0).setStretch(1.25);
        recipe.getOptimizerOptionsBuilder().setFinalWeightDecay(0.4);
        RecipeSchedules schedules = schedules(recipe);
        double half = (1 + Math.cos(Math.PI * 0.8)) / 2;
        assertEquals(half, schedules.learningRate().at(200), 1e-12);
        assertEquals(0.4 + (0.04 - 0.4) * half, schedules.weightDecay().orElseThrow().at(200), 1e-12);
        assertEquals(0.996 + 0.004 * 0.8, schedules.averageMomentum().at(200), 1e-12);
    }

    @Test
    void oneCycleTurnsMomentumAround() {
        TrainingRecipe.Builder recipe = recipe();
        recipe.setSchedule(LearningRateSchedule.newBuilder().setName("one_cycle"));
        RecipeSchedules schedules = schedules(recipe);
        assertEquals(1 / 25., schedules.learningRate().at(0), 1e-15);
        assertEquals(1, schedules.learningRate().at(59), 1e-15);
        assertEquals(0.95, schedules.momentum().orElseThrow().at(0), 1e-15);
        assertEquals(0.85, schedules.momentum().orElseThrow().at(59), 1e-15);
        recipe.getScheduleBuilder().setCycleMomentum(false);
        assertTrue(schedules(recipe).momentum().isEmpty());
    }

    @Test
    void anOptimizerHasWhatTheRecipeSays() {
        TrainingRecipe sgd = RecipeDefaults.fill(recipe()
                .setOptimizer("sgd")
                .setOptimizerOptions(OptimizerOptions.newBuilder().setNesterov(true).setClipNorm(3).setDecayVectors(true))
                .build());
        assertEquals(
                "ClippedGradient[optimizer=Sgd[momentum=0.9, nesterov=true, weightDecay=1.0E-6, rules=ParameterRules[decayVectors=true,"
                        + " undecayed=[], vectorRate=1.0, fixed=FixedRate[names=[], rate=0.0]]], bound=3.0, each=false]",
                RecipeOptimizer.of(sgd).toString());
        TrainingRecipe fixed = sgd.toBuilder()
                .setLearningRate(0.2)
                .setOptimizerOptions(sgd.getOptimizerOptions().toBuilder().addFixedRate("heads.predictor."))
                .build();
        assertTrue(RecipeOptimizer.of(fixed).toString().contains("fixed=FixedRate[names=[heads.predictor.], rate=0.2]"));
        TrainingRecipe dino = NamedRecipes.all().stream().filter(named -> named.getId().equals("dino")).findFirst().orElseThrow().getRecipe();
        assertTrue(RecipeOptimizer.of(dino).toString().endsWith("bound=3.0, each=true]"), RecipeOptimizer.of(dino).toString());
        assertEquals("adamw", RecipeOptimizer.of(RecipeDefaults.fill(recipe().setOptimizer("adamw").build())).name());
        assertEquals("lars", RecipeOptimizer.of(RecipeDefaults.fill(recipe().setOptimizer("lars").build())).name());
    }

    private static TrainingRecipe.Builder recipe() {
        return TrainingRecipe.newBuilder().setEpochs(20).setLearningRate(1);
    }

    private static RecipeSchedules schedules(TrainingRecipe.Builder recipe) {
        return new RecipeSchedules(RecipeDefaults.fill(recipe.build()), 10);
    }
}
