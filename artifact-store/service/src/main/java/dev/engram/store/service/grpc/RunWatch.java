package dev.engram.store.service.grpc;

import dev.engram.store.catalogue.RunRecord;
import dev.engram.store.catalogue.RunTable;
import dev.engram.v1.Run;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Follows a run by looking at its version: cheap, and it does not matter which process changed the run, or whether this one was restarted
 * meanwhile. A slow client gets the latest state, not every one.
 */
final class RunWatch {

    private static final Duration INTERVAL = Duration.ofMillis(300);

    private final RunTable runs;
    private final RunMessages messages;

    RunWatch(RunTable runs, RunMessages messages) {
        this.runs = runs;
        this.messages = messages;
    }

    /** The run whenever its version is another than {@code sinceVersion} or the last one sent; completes when it has ended. */
    Multi<Run> watch(String id, long sinceVersion) {
        return Multi.createFrom().emitter(emitter -> {
            var stopped = new AtomicBoolean();
            emitter.onTermination(() -> stopped.set(true));
            Thread.ofVirtual().name("watch-" + id).start(() -> follow(id, sinceVersion, emitter, stopped));
        }, BackPressureStrategy.LATEST);
    }

    private void follow(String id, long sinceVersion, MultiEmitter<? super Run> emitter, AtomicBoolean stopped) {
        long seen = sinceVersion;
        try {
            RunRecord run = runs.get(id);
            while (!stopped.get()) {
                if (run.version() != seen) {
                    emitter.emit(messages.of(run));
                    seen = run.version();
                }
                if (hasEnded(run.state())) {
                    emitter.complete();
                    return;
                }
                do {
                    Thread.sleep(INTERVAL);
                } while (!stopped.get() && runs.version(id) == seen);
                run = runs.get(id);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException failure) {
            emitter.fail(failure);
        }
    }

    private static boolean hasEnded(Run.State state) {
        return switch (state) {
            case SUCCEEDED, FAILED, CANCELLED -> true;
            case QUEUED, RUNNING, PAUSED, LOST, STATE_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }
}
