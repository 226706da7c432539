package dev.engram.runs.launch;

import java.util.Objects;

/**
 * One attempt at one run.
 *
 * @param runId the run's id
 * @param attempt the number this attempt will have: 1 for a run's first worker
 */
public record WorkerOrder(String runId, int attempt) {
    public WorkerOrder {
        Objects.requireNonNull(runId, "runId");
        if (attempt < 1) {
            throw new IllegalArgumentException("attempts count from 1, not " + attempt);
        }
    }

    /** The same for the same attempt, in whichever process it is asked. */
    public String workerName() {
        return runId + "-" + attempt;
    }
}
