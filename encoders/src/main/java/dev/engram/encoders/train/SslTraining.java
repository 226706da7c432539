package dev.engram.encoders.train;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.optim.OptimizerRates;

/**
 * The loop of self-supervised training. A pure function of plan, step and views: from a state it goes on exactly as if it had
 * never stopped.
 */
public final class SslTraining {
    private final TrainingPlan plan;
    private final TrainingStep step;
    private final ViewSource views;

    public SslTraining(TrainingPlan plan, TrainingStep step, ViewSource views) {
        if (views.size() != plan.images()) {
            throw new IllegalArgumentException(
                    "The plan is for %d images, the source has %d".formatted(plan.images(), views.size()));
        }
        this.plan = plan;
        this.step = step;
        this.views = views;
    }

    /**
     * Trains until the plan is done or the watch asks to stop.
     *
     * @param state of {@link TrainingStep#initialState} or of a checkpoint; changed in place
     * @return true if the plan is done, false if stopped before
     * @throws DivergedException if a loss is NaN or infinite
     * @throws IllegalArgumentException if the state is not one of this recipe
     */
    public boolean run(TrainingState state, TrainingWatch watch) {
        step.verify(state);
        int[] order = null;
        int orderedEpoch = -1;
        while (state.step() < plan.totalSteps()) {
            if (watch.stopRequested()) {
                return false;
            }
            int epoch = plan.epoch(state.step());
            if (epoch != orderedEpoch) {
                order = plan.order(epoch);
                orderedEpoch = epoch;
            }
            watch.stepped(once(state, epoch, plan.batch(order, state.step())), state);
        }
        return true;
    }

    private StepReport once(TrainingState state, int epoch, int[] images) {
        OptimizerRates rates = plan.rates().at(state.step(), step.optimizer());
        double momentum = plan.averageMomentum().at(state.step());
        double loss;
        try (Scope scope = Scope.open()) {
            Tensor batch = views.views(scope, epoch, images);
            loss = step.run(state, batch, rates, momentum);
        }
        if (!Double.isFinite(loss)) {
            throw new DivergedException(state.step(), loss);
        }
        boolean endsEpoch = state.step() % plan.stepsPerEpoch() == 0;
        return new StepReport(state.step(), plan.totalSteps(), epoch, endsEpoch, loss, rates.learningRate());
    }
}
