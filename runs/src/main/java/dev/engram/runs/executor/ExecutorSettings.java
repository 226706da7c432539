package dev.engram.runs.executor;

import java.time.Duration;
import java.util.Objects;

/**
 * How an executor works.
 *
 * @param slots workers at the same time, at least 1
 * @param tick time between two looks at the catalogue
 * @param heartbeat the interval of the workers' heartbeats; a worker silent for three of them is lost
 * @param stopGrace how long a worker may take to obey cancel or pause before it is killed
 * @param shutdownWait how long workers may take to save their state when the service stops, before they are killed; 0 does not ask them
 * @param retry when to try again by itself
 */
public record ExecutorSettings(int slots, Duration tick, Duration heartbeat, Duration stopGrace, Duration shutdownWait, RetryRule retry) {
    private static final int MISSED_HEARTBEATS = 3;

    public ExecutorSettings {
        if (slots < 1) {
            throw new IllegalArgumentException("engram.slots must be at least 1, is " + slots);
        }
        requirePositive(tick, "tick");
        requirePositive(heartbeat, "engram.heartbeat");
        requirePositive(stopGrace, "engram.stop-grace");
        if (shutdownWait.isNegative()) {
            throw new IllegalArgumentException("engram.shutdown-wait must be at least 0, is " + shutdownWait);
        }
        Objects.requireNonNull(retry, "retry");
    }

    /** One slot, a look every half second, heartbeats of 5 s, one minute to obey, 10 s to save at the end, two retries. */
    public static ExecutorSettings defaults() {
        return new ExecutorSettings(
                1, Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofSeconds(10), RetryRule.defaults());
    }

    public ExecutorSettings withSlots(int slots) {
        return new ExecutorSettings(slots, tick, heartbeat, stopGrace, shutdownWait, retry);
    }

    /** Silence after which a worker is taken for lost. */
    public Duration silence() {
        return heartbeat.multipliedBy(MISSED_HEARTBEATS);
    }

    private static void requirePositive(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than 0, is " + duration);
        }
    }
}
