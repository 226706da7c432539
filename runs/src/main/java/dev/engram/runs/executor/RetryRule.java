package dev.engram.runs.executor;

import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import java.time.Duration;
import java.util.Objects;

/**
 * Which ended runs are queued again without being asked, and after what wait. Only what may pass by itself is retried: a worker that died,
 * a store that was away. Memory that ran out will run out again, and a defect or damaged data need a person.
 *
 * @param retries attempts after the first that nobody asks for, at least 0
 * @param first wait before the first retry; four times as long before each further one
 * @param longest longest wait
 */
public record RetryRule(int retries, Duration first, Duration longest) {
    private static final int GROWTH = 4;

    public RetryRule {
        if (retries < 0) {
            throw new IllegalArgumentException("engram.retries must be at least 0, is " + retries);
        }
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(longest, "longest");
    }

    /** Two retries, after 30 s and 2 min. */
    public static RetryRule defaults() {
        return new RetryRule(2, Duration.ofSeconds(30), Duration.ofMinutes(10));
    }

    /** Whether the executor that saw the run end will queue it again. */
    public boolean applies(RunRecord run) {
        boolean over = run.state() == Run.State.LOST || run.state() == Run.State.FAILED;
        return over && run.attempt() <= retries && run.error().map(RetryRule::mayPass).orElse(false);
    }

    private static boolean mayPass(RunError error) {
        return error.getRetryable()
                && (error.getCategory() == RunError.Category.UNAVAILABLE || error.getCategory() == RunError.Category.WORKER_LOST);
    }

    /** The wait after an attempt, which counts from 1. */
    public Duration wait(int attempt) {
        Duration wait = first;
        for (int i = 1; i < attempt && wait.compareTo(longest) < 0; i++) {
            wait = wait.multipliedBy(GROWTH);
        }
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
