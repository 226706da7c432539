package dev.engram.store;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Tries again what failed with {@link StoreUnavailableException}, waiting longer each time; anything else passes at once. Policies may be nested, as
 * where an object is opened and then read: what the inner one gave up the outer one does not begin anew.
 *
 * @param attempts tries in all, at least 1
 * @param first wait before the second try; doubles up to {@code most}
 * @param most longest wait
 * @param sleeper how to wait; tests pass one that records
 */
public record RetryPolicy(int attempts, Duration first, Duration most, Sleeper sleeper) {

    public RetryPolicy {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(most, "most");
        Objects.requireNonNull(sleeper, "sleeper");
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, was " + attempts);
        }
    }

    /** Five tries within about three seconds: rides over a restart of a connection, not over an outage; runs wait for those themselves. */
    public static RetryPolicy standard() {
        return new RetryPolicy(5, Duration.ofMillis(200), Duration.ofSeconds(2), Thread::sleep);
    }

    /** One try. */
    public static RetryPolicy none() {
        return new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Thread::sleep);
    }

    public <T> T call(Supplier<T> action) {
        var wait = first;
        for (int attempt = 1; ; attempt++) {
            try {
                return action.get();
            } catch (StoreUnavailableException e) {
                if (attempt >= attempts || e.wasTriedAgain()) {
                    throw attempts > 1 ? e.afterTryingAgain() : e;
                }
                pause(wait, e);
                wait = wait.multipliedBy(2).compareTo(most) > 0 ? most : wait.multipliedBy(2);
            }
        }
    }

    public void run(Runnable action) {
        call(() -> {
            action.run();
            return null;
        });
    }

    private void pause(Duration wait, StoreUnavailableException reason) {
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reason.addSuppressed(e);
            throw reason;
        }
    }

    /** A way to wait. */
    @FunctionalInterface
    public interface Sleeper {

        void sleep(Duration duration) throws InterruptedException;
    }
}
