package dev.engram.runs.testing;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Monotonic time that moves when it is told to. */
public final class ManualClock implements LongSupplier {
    private long nanos = 1;

    @Override
    public synchronized long getAsLong() {
        return nanos;
    }

    public synchronized void advance(Duration duration) {
        nanos += duration.toNanos();
    }
}
