package dev.engram.encoders.train;

import dev.engram.encoders.checkpoint.StateDict;
import java.util.Optional;

/** All that training is between two steps; from equal states it continues equally. Owns its tensors. */
public final class TrainingState implements AutoCloseable {
    private final StateDict model;
    private final StateDict optimizer;
    private final StateDict average;
    private long step;

    /**
     * A state; it takes the dictionaries over.
     *
     * @param step steps done, at least 0
     * @param model weights and buffers of encoder, projector and every other head
     * @param optimizer what the optimizer remembers
     * @param average moving average of {@code model}, or the teacher's part of it; null if there is none
     */
    public TrainingState(long step, StateDict model, StateDict optimizer, StateDict average) {
        if (step < 0) {
            throw new IllegalArgumentException("step must be at least 0, is " + step);
        }
        this.step = step;
        this.model = model;
        this.optimizer = optimizer;
        this.average = average;
    }

    /** Steps done. */
    public long step() {
        return step;
    }

    /** Weights and buffers of encoder, projector and every other head. */
    public StateDict model() {
        return model;
    }

    /** What the optimizer remembers. */
    public StateDict optimizer() {
        return optimizer;
    }

    /** The moving average of {@link #model}, or the teacher, if training keeps one. */
    public Optional<StateDict> average() {
        return Optional.ofNullable(average);
    }

    void advance() {
        step++;
    }

    @Override
    public void close() {
        model.close();
        optimizer.close();
        if (average != null) {
            average.close();
        }
    }
}
