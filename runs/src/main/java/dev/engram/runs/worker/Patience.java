package dev.engram.runs.worker;

import dev.engram.runs.RunFailure;
import dev.engram.store.StoreUnavailableException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Rides over an outage of store or catalogue: tries again, more and more seldom, for a limited time. */
final class Patience {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final Duration limit;
    private final LongSupplier nanoTime;
    private final Sleeper sleeper;

    /** A way to wait. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    Patience(Duration limit, LongSupplier nanoTime, Sleeper sleeper) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
    }

    Duration limit() {
        return limit;
    }

    /**
     * Calls until it succeeds or the time is over.
     *
     * @param whileWaiting called with the failure before each wait; what it throws ends the waiting
     * @throws RunFailure {@code UNAVAILABLE} when the time is over
     */
    <T> T call(Supplier<T> action, Consumer<StoreUnavailableException> whileWaiting) {
        long start = nanoTime.getAsLong();
        Duration wait = FIRST;
        while (true) {
            try {
                return action.get();
            } catch (StoreUnavailableException e) {
                Duration left = limit.minusNanos(nanoTime.getAsLong() - start);
                if (!left.isPositive()) {
                    throw RunFailure.unavailable(e.getMessage() + " (waited " + limit.toSeconds() + " s)", e);
                }
                whileWaiting.accept(e);
                sleep(wait.compareTo(left) < 0 ? wait : left, e);
                wait = wait.multipliedBy(2).compareTo(LONGEST) < 0 ? wait.multipliedBy(2) : LONGEST;
            }
        }
    }

    private void sleep(Duration wait, StoreUnavailableException reason) {
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RunFailure.unavailable(reason.getMessage() + " (interrupted while waiting)", reason);
        }
    }
}
