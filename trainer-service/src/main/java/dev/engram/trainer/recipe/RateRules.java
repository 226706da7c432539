package dev.engram.trainer.recipe;

import dev.engram.v1.LearningRateSchedule;
import dev.engram.v1.OptimizerOptions;
import dev.engram.v1.TrainingRecipe;

/** What must hold for a recipe's rates: learning rate, weight decay, momenta, and how they change. */
final class RateRules {
    private static final String ONE_CYCLE = "one_cycle";

    private RateRules() {}

    static void check(RuledRecipe ruled) {
        TrainingRecipe recipe = ruled.recipe();
        if (recipe.hasLearningRate()) {
            ruled.requirePositive("learning_rate", recipe.getLearningRate());
        }
        ruled.requireIn(Range.atLeast(0), "weight_decay", recipe.getWeightDecay());
        checkAverage(ruled);
        if (RecipeVocabulary.OPTIMIZERS.contains(ruled.optimizer())) {
            OptimizerOptionTable.TABLE.check(
                    recipe.getOptimizerOptions(), ruled.optimizer(), ruled.path() + ".optimizer_options", ruled.violations());
        }
        OptimizerOptions options = recipe.getOptimizerOptions();
        ruled.require(
                !options.getNesterov() || !isStill(options), "optimizer_options.nesterov", "needs a momentum above 0");
        ruled.require(!options.getClipEach() || options.getClipNorm() > 0, "optimizer_options.clip_each", "needs a clip_norm above 0");
        checkWarmup(ruled);
        checkSchedule(ruled);
    }

    private static void checkAverage(RuledRecipe ruled) {
        TrainingRecipe recipe = ruled.recipe();
        double momentum = recipe.getEmaMomentum();
        ruled.require(momentum >= 0 && momentum < 1, "ema_momentum", "must be 0 (none) or in (0, 1), is " + momentum);
        if (recipe.hasEmaFinalMomentum()) {
            Range range = momentum > 0 ? Range.from(0, 1) : Range.closed(0, 1);
            ruled.requireIn(range, "ema_final_momentum", recipe.getEmaFinalMomentum());
        }
        ruled.requireName("ema_schedule", recipe.getEmaSchedule(), RecipeVocabulary.AVERAGE_SCHEDULES);
    }

    private static void checkWarmup(RuledRecipe ruled) {
        double warmup = ruled.recipe().getWarmupEpochs();
        int epochs = ruled.recipe().getEpochs();
        ruled.require(warmup >= 0, "warmup_epochs", "must be at least 0, is " + warmup);
        if (epochs >= 1) {
            ruled.require(
                    warmup < epochs, "warmup_epochs", "must be less than epochs (%d), is %s".formatted(epochs, warmup));
        }
    }

    private static void checkSchedule(RuledRecipe ruled) {
        LearningRateSchedule schedule = ruled.recipe().getSchedule();
        ruled.requireName("schedule.name", schedule.getName(), RecipeVocabulary.SCHEDULES);
        String name = schedule.getName().isEmpty() ? RecipeVocabulary.SCHEDULES.getFirst() : schedule.getName();
        if (!RecipeVocabulary.SCHEDULES.contains(name)) {
            return;
        }
        ScheduleOptionTable.TABLE.check(schedule, name, ruled.path() + ".schedule", ruled.violations());
        checkFalls(ruled, schedule);
        if (name.equals(ONE_CYCLE)) {
            double warmup = ruled.recipe().getWarmupEpochs();
            ruled.require(
                    warmup == 0,
                    "warmup_epochs",
                    "must be 0 or unset with one_cycle, whose rise is schedule.pct_start, is " + warmup);
            boolean cycles = !schedule.hasCycleMomentum() || schedule.getCycleMomentum();
            ruled.require(
                    !cycles || !isStill(ruled.recipe().getOptimizerOptions()),
                    "schedule.cycle_momentum",
                    "needs a momentum above 0");
        }
    }

    private static void checkFalls(RuledRecipe ruled, LearningRateSchedule schedule) {
        ruled.require(
                schedule.getMilestonesCount() == 0 || !schedule.hasStepSize(),
                "schedule.step_size",
                "is not for a schedule with milestones");
        for (int i = 1; i < schedule.getMilestonesCount(); i++) {
            ruled.require(
                    schedule.getMilestones(i) > schedule.getMilestones(i - 1),
                    "schedule.milestones[%d]".formatted(i),
                    "must be greater than the one before (%s), is %s"
                            .formatted(schedule.getMilestones(i - 1), schedule.getMilestones(i)));
        }
    }

    private static boolean isStill(OptimizerOptions options) {
        return options.hasMomentum() && options.getMomentum() == 0;
    }
}
