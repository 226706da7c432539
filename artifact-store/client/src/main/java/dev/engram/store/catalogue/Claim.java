package dev.engram.store.catalogue;

import java.util.Objects;

/**
 * A worker's right to a run. It ends when the run leaves RUNNING; what a worker does with a claim that has ended has no effect, so a worker
 * that was given up as lost and wakes again changes nothing.
 *
 * @param attempt the run's attempt at the time of the claim
 */
public record Claim(String runId, String worker, int attempt) {

    public Claim {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(worker, "worker");
    }
}
