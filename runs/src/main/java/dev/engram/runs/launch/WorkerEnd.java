package dev.engram.runs.launch;

import java.util.Objects;

/**
 * How a worker process ended.
 *
 * @param cause what kind of end
 * @param message one sentence for a person: {@code killed by signal 9 (SIGKILL)}
 */
public record WorkerEnd(Cause cause, String message) {

    /** What the executor has to tell apart. */
    public enum Cause {
        /** The worker recorded its run's outcome and left. */
        DONE,
        /** The run was not, or no longer, this worker's: it changed nothing. */
        NOT_MINE,
        /** Heap or another memory of the JVM ran out. */
        OUT_OF_MEMORY,
        /** It gave up because store or catalogue stayed out of its reach. */
        UNREACHABLE,
        /** Anything else: killed, crashed, left without a word. */
        DIED
    }

    public WorkerEnd {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(message, "message");
    }
}
