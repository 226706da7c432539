package dev.engram.encoders.train;

/** Who watches a training: told of every step, asked before every step whether to stop. */
public interface TrainingWatch {
    /**
     * Called after every step, on the training thread.
     *
     * @param state as the step left it; may be read (a checkpoint), not changed, and only during the call
     */
    void stepped(StepReport report, TrainingState state);

    /** Whether training shall stop before its next step. */
    boolean stopRequested();
}
