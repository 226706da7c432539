package dev.engram.runs;

import dev.engram.store.ConflictException;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.store.catalogue.RunTable;
import java.util.Optional;
import java.util.function.Function;

/** Changes of a run that a worker, an executor and a person may make at the same moment: whoever is second looks again. */
final class Settling {
    private static final int ROUNDS = 20;

    private Settling() {}

    /** @param change of the run as it is now; empty if it has changed meanwhile */
    static RunRecord untilSettled(RunTable runs, String runId, Function<RunRecord, Optional<RunRecord>> change) {
        for (int round = 0; round < ROUNDS; round++) {
            Optional<RunRecord> changed = change.apply(runs.get(runId));
            if (changed.isPresent()) {
                return changed.get();
            }
        }
        throw new ConflictException("runs/" + runId + " keeps changing; try again");
    }
}
