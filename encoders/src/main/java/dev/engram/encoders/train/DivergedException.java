package dev.engram.encoders.train;

/** The loss is no longer a number; the state of this step is of no use, the last checkpoint is. */
public final class DivergedException extends RuntimeException {
    private final long step;
    private final double loss;

    public DivergedException(long step, double loss) {
        super("Training diverged: the loss of step %d is %s".formatted(step, loss));
        this.step = step;
        this.loss = loss;
    }

    /** The step whose loss is not finite, counted from 1. */
    public long step() {
        return step;
    }

    /** NaN or an infinity. */
    public double loss() {
        return loss;
    }
}
