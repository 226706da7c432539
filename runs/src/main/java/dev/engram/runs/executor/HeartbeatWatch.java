package dev.engram.runs.executor;

import dev.engram.store.catalogue.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Tells which workers have fallen silent. Silence is measured by this process' monotonic clock between looks at the catalogue, not by
 * comparing times of different machines: a laptop that slept, a clock that was set or a catalogue that was away make no worker silent. Nor does a machine
 * that stood still, and this process with it: between two looks at most a third of the silence counts, as nobody was looking for the rest.
 */
final class HeartbeatWatch {
    private static final int LOOKS = 3;

    /** @param silent nanoseconds that this heartbeat has been the latest for */
    private record Sighting(int attempt, Instant heartbeat, long looked, long silent, boolean moved) {}

    private final LongSupplier nanoTime;
    private final Duration silence;
    private final Map<String, Sighting> sightings = new HashMap<>();

    HeartbeatWatch(LongSupplier nanoTime, Duration silence) {
        this.nanoTime = nanoTime;
        this.silence = silence;
    }

    /** What a look at a running run shows. */
    enum Sign {
        BEATING,
        /** Has been silent for too long. */
        SILENT,
        /** Has been silent ever since this process first saw it: it was left by an earlier one. */
        LEFT_BEHIND
    }

    Sign look(RunRecord run) {
        long now = nanoTime.getAsLong();
        Instant heartbeat = run.heartbeatAt().orElse(Instant.EPOCH);
        Sighting last = sightings.get(run.id());
        if (last == null || last.attempt() != run.attempt()) {
            sightings.put(run.id(), new Sighting(run.attempt(), heartbeat, now, 0, false));
            return Sign.BEATING;
        }
        if (!last.heartbeat().equals(heartbeat)) {
            sightings.put(run.id(), new Sighting(run.attempt(), heartbeat, now, 0, true));
            return Sign.BEATING;
        }
        long silent = last.silent() + Math.min(now - last.looked(), silence.toNanos() / LOOKS);
        sightings.put(run.id(), new Sighting(run.attempt(), heartbeat, now, silent, last.moved()));
        if (silent < silence.toNanos()) {
            return Sign.BEATING;
        }
        return last.moved() ? Sign.SILENT : Sign.LEFT_BEHIND;
    }

    /** Forgets all but these runs. */
    void retain(Set<String> runIds) {
        sightings.keySet().retainAll(runIds);
    }

    /** Starts every measurement anew, after a time in which no heartbeat could be seen. */
    void restart() {
        long now = nanoTime.getAsLong();
        sightings.replaceAll((_, s) -> new Sighting(s.attempt(), s.heartbeat(), now, 0, s.moved()));
    }
}
