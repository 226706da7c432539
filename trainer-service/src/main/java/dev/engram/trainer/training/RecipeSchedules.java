package dev.engram.trainer.training;

import dev.engram.encoders.optim.CosineSchedule;
import dev.engram.encoders.optim.LinearSchedule;
import dev.engram.encoders.optim.OneCycle;
import dev.engram.encoders.optim.Schedule;
import dev.engram.encoders.optim.StepSchedule;
import dev.engram.encoders.optim.Warmup;
import dev.engram.v1.LearningRateSchedule;
import dev.engram.v1.TrainingRecipe;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How the rates of a recipe, every default filled in, change over its steps. */
final class RecipeSchedules {
    private final TrainingRecipe recipe;
    private final LearningRateSchedule schedule;
    private final int stepsPerEpoch;
    private final long totalSteps;

    /** @param stepsPerEpoch at least 1 */
    RecipeSchedules(TrainingRecipe recipe, int stepsPerEpoch) {
        this.recipe = recipe;
        this.schedule = recipe.getSchedule();
        this.stepsPerEpoch = stepsPerEpoch;
        this.totalSteps = (long) stepsPerEpoch * recipe.getEpochs();
    }

    Schedule learningRate() {
        double peak = recipe.getLearningRate();
        long warmup = steps(recipe.getWarmupEpochs());
        return switch (schedule.getName()) {
            case "warmup_cosine" -> warmedUp(warmup, new CosineSchedule(
                    peak, peak * schedule.getFinalFraction(), totalSteps * stretch() - warmup));
            case "step" -> warmedUp(warmup, new StepSchedule(peak, schedule.getGamma(), falls(warmup)));
            case "one_cycle" -> OneCycle.rate(
                    peak, schedule.getDivFactor(), schedule.getFinalDivFactor(), totalSteps, schedule.getPctStart());
            case "constant" -> warmedUp(warmup, Schedule.constant(peak));
            default -> throw new IllegalArgumentException("schedule.name: \"" + schedule.getName() + "\" is not known");
        };
    }

    /** Empty where it stays what the optimizer has. */
    Optional<Schedule> weightDecay() {
        double first = recipe.getWeightDecay();
        double last = recipe.getOptimizerOptions().getFinalWeightDecay();
        return first == last ? Optional.empty() : Optional.of(new CosineSchedule(first, last, totalSteps * stretch()));
    }

    /** Empty where it stays what the optimizer has. */
    Optional<Schedule> momentum() {
        return schedule.getName().equals("one_cycle") && schedule.getCycleMomentum()
                ? Optional.of(OneCycle.momentum(
                        schedule.getBaseMomentum(), schedule.getMaxMomentum(), totalSteps, schedule.getPctStart()))
                : Optional.empty();
    }

    /** The momentum of the moving average. */
    Schedule averageMomentum() {
        double first = recipe.getEmaMomentum();
        double last = recipe.getEmaFinalMomentum();
        return recipe.getEmaSchedule().equals("linear")
                ? new LinearSchedule(first, last, totalSteps * stretch())
                : new CosineSchedule(first, last, totalSteps * stretch());
    }

    private Schedule warmedUp(long warmup, Schedule then) {
        return new Warmup(schedule.getStartFraction(), warmup, then);
    }

    /** Counted from the end of the warm-up, as the schedule after it is. */
    private List<Long> falls(long warmup) {
        Stream<Double> epochs = schedule.getMilestonesCount() > 0
                ? schedule.getMilestonesList().stream()
                : Stream.iterate(schedule.getStepSize(), epoch -> epoch < recipe.getEpochs(), epoch -> epoch + schedule.getStepSize());
        return epochs.map(epoch -> Math.max(0, steps(epoch) - warmup)).toList();
    }

    private long steps(double epochs) {
        return Math.round(epochs * stepsPerEpoch);
    }

    private double stretch() {
        return schedule.hasStretch() ? schedule.getStretch() : 1;
    }
}
