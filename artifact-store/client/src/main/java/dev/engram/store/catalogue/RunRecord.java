package dev.engram.store.catalogue;

import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run as the catalogue knows it.
 *
 * @param spec canonical JSON of its {@code RunSpec}
 * @param requested {@code CANCELLED} or {@code PAUSED} when asked for and not yet reached
 * @param error why it failed or was lost
 * @param attempt how often a worker has claimed it
 * @param worker who executes it now
 * @param device what its last attempt computed on, e.g. {@code cuda:0 (NVIDIA H200)}
 * @param engramVersion of the worker of its last attempt, if it said so
 * @param heartbeatAt the worker's last sign of life
 * @param progress JSON of its {@code RunProgress}
 * @param version grows with every change
 * @param dependencies run ids, sorted
 */
public record RunRecord(
        String id,
        Optional<String> requestId,
        String kind,
        String spec,
        Run.State state,
        Optional<Run.State> requested,
        Optional<RunError> error,
        int attempt,
        Optional<String> worker,
        Optional<String> device,
        Optional<String> engramVersion,
        Optional<Instant> heartbeatAt,
        Optional<String> progress,
        long version,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Instant updatedAt,
        List<String> dependencies) {

    /** Who holds the run now; for a running one. */
    public Claim claim() {
        return new Claim(id, worker.orElseThrow(() -> new IllegalStateException("runs/" + id + " has no worker")), attempt);
    }
}
