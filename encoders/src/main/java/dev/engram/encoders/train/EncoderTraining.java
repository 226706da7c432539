package dev.engram.encoders.train;

import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.method.BatchNeeds;
import dev.engram.encoders.optim.OptimizerRates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The loop of training. A pure function of plan, step and views: from a state it goes on exactly as if it had never stopped.
 */
public final class EncoderTraining {
    private final TrainingPlan plan;
    private final TrainingStep step;
    private final ViewSource views;
    private final StepDraws draws;

    public EncoderTraining(TrainingPlan plan, TrainingStep step, ViewSource views) {
        if (views.size() != plan.images()) {
            throw new IllegalArgumentException(
                    "The plan is for %d images, the source has %d".formatted(plan.images(), views.size()));
        }
        List<String> missing = step.scalars().stream().filter(name -> !plan.schedules().containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("The plan has no schedule for " + String.join(", ", missing));
        }
        this.plan = plan;
        this.step = step;
        this.views = views;
        this.draws = new StepDraws(plan.seed());
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
            watch.stepped(once(state, epoch, order), state);
        }
        return true;
    }

    private StepReport once(TrainingState state, int epoch, int[] order) {
        int[] images = plan.batch(order, state.step());
        OptimizerRates rates = plan.rates().at(state.step(), step.optimizer());
        Map<String, Double> values = plan.values(state.step());
        TrainingStep.Outcome outcome;
        try (Scope scope = Scope.open()) {
            boolean empty = images.length == 0;
            Batch batch = empty ? empty(scope) : views.batch(scope, epoch, images);
            List<Tensor> drawn = draws.draw(scope, step.needs(), epoch, batch.ids(), batch.visits());
            announce(state.step() + 1, epoch, order);
            outcome = step.run(state, batch, drawn, rates, values);
        }
        if (!Double.isFinite(outcome.loss())) {
            throw new DivergedException(state.step(), outcome.loss());
        }
        boolean endsEpoch = state.step() % plan.stepsPerEpoch() == 0;
        return new StepReport(
                state.step(), plan.totalSteps(), epoch, endsEpoch, outcome.loss(),
                rates.learningRate(), outcome.terms());
    }

    /** Poisson sampling may draw no image. */
    private Batch empty(Scope scope) {
        BatchNeeds needs = step.needs();
        List<Tensor> none = new ArrayList<>();
        for (int group = 0; group < needs.views().size(); group++) {
            List<Long> shape = needs.shape(group);
            none.add(scope.zeros(ElementType.FLOAT32, 0, shape.get(0), shape.get(1), shape.get(2)));
        }
        return new Batch(none, Optional.of(scope.zeros(ElementType.INT64, 0)), new int[0]);
    }

    private void announce(long next, int epoch, int[] order) {
        if (next < plan.totalSteps()) {
            int itsEpoch = plan.epoch(next);
            int[] images = plan.batch(itsEpoch == epoch ? order : plan.order(itsEpoch), next);
            if (images.length > 0) {
                views.announce(itsEpoch, images);
            }
        }
    }
}
