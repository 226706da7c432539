package dev.engram.runs.executor;

import dev.engram.runs.RunSpecs;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.Run;
import dev.engram.v1.RunProgress;
import java.time.Duration;

/**
 * How long the worker of a run may take to do what it was asked for, before it is ended. A task looks up between two units of its work, and one unit may be a native call
 * of many seconds that nothing can interrupt. Whoever cancels wants no more of it, so little is waited for; whoever pauses wants what was computed to be kept, so as long
 * as the worker's heart beats it gets the time of a few units, however slow they are.
 */
final class StopGrace {
    private static final Duration CANCEL = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int UNITS = 4;

    private StopGrace() {}

    /** @param configured {@code engram.stop-grace}: the least for a pause, the most for a cancel */
    static Duration of(RunRecord run, Duration configured) {
        if (run.requested().filter(Run.State.CANCELLED::equals).isPresent()) {
            return configured.compareTo(CANCEL) < 0 ? configured : CANCEL;
        }
        double rate = run.progress().map(json -> RunSpecs.parse(json, RunProgress.newBuilder()).getRate()).orElse(0.0);
        if (!(rate > 0)) {
            return configured;
        }
        Duration units = Duration.ofMillis((long) Math.min(UNITS / rate * 1000, LONGEST_PAUSE.toMillis()));
        return units.compareTo(configured) > 0 ? units : configured;
    }
}
