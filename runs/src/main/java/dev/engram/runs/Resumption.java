package dev.engram.runs;

import static dev.engram.v1.Run.State.CANCELLED;
import static dev.engram.v1.Run.State.FAILED;
import static dev.engram.v1.Run.State.QUEUED;
import static dev.engram.v1.Run.State.RUNNING;
import static dev.engram.v1.Run.State.SUCCEEDED;

import dev.engram.store.catalogue.RunFilter;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.store.catalogue.RunTable;
import dev.engram.store.catalogue.StateChange;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Queues runs that stopped again. Whoever resumes a run wants what was asked for with it, too: its parts go before it, and runs that failed for no other reason than
 * that this one had not succeeded go with it, as do those that failed because of them.
 */
final class Resumption {
    private static final int PAGE = 500;
    private static final Set<Run.State> IN_THE_WAY = Set.of(FAILED, CANCELLED);

    private final RunTable runs;

    Resumption(RunTable runs) {
        this.runs = runs;
    }

    RunRecord resume(String runId, boolean alone) {
        List<RunRecord> parts = runs.parts(runId);
        parts.forEach(Resumption::requireNotStopping);
        for (RunRecord part : parts) {
            if (!Set.of(QUEUED, RUNNING, SUCCEEDED).contains(part.state())) {
                resumeOne(part.id());
            }
        }
        RunRecord resumed = resumeOne(runId);
        if (!alone) {
            resumeDependents(runId);
        }
        return resumed;
    }

    private RunRecord resumeOne(String runId) {
        return Settling.untilSettled(runs, runId, run -> {
            requireNotStopping(run);
            if (run.state() == QUEUED || run.state() == RUNNING) {
                return Optional.of(run);
            }
            if (!RunTransitions.isResumable(run.state())) {
                throw new RunStateException("runs/" + runId + " is " + run.state() + "; only a paused, lost, cancelled or failed run can be resumed");
            }
            if (run.state() == FAILED && !run.error().map(RunError::getRetryable).orElse(false)) {
                throw new RunStateException("runs/" + runId + " would fail again: "
                        + run.error().map(error -> error.getCategory() + ": " + error.getMessage()).orElse("no reason is known"));
            }
            inTheWay(run).ifPresent(other -> {
                throw new RunStateException("runs/" + runId + " would fail again: runs/" + other.id() + ", which it depends on, is " + other.state()
                        + other.error().map(error -> ": " + error.getMessage()).orElse("") + "; resume that one, and this one goes on with it");
            });
            return runs.transition(runId, Set.of(run.state()), StateChange.to(QUEUED).telling("resumed"));
        });
    }

    /** What a worker has been asked for cannot be taken back: it may have obeyed already. */
    private static void requireNotStopping(RunRecord run) {
        if (run.state() == RUNNING && run.requested().isPresent()) {
            throw new RunStateException("runs/" + run.id() + " is about to be " + run.requested().get() + "; resume it when it is");
        }
    }

    private void resumeDependents(String runId) {
        Deque<String> resumed = new ArrayDeque<>(List.of(runId));
        while (!resumed.isEmpty()) {
            String cause = resumed.remove();
            for (RunRecord dependent : failedBecauseOf(cause)) {
                if (inTheWay(dependent).isEmpty()
                        && runs.transition(dependent.id(), Set.of(FAILED), StateChange.to(QUEUED).telling("resumed with runs/" + cause)).isPresent()) {
                    resumed.add(dependent.id());
                }
            }
        }
    }

    private List<RunRecord> failedBecauseOf(String runId) {
        RunFilter filter = new RunFilter(Set.of(FAILED), Set.of(), Optional.of(runId));
        List<RunRecord> found = new ArrayList<>();
        Optional<String> token = Optional.of("");
        while (token.isPresent()) {
            var page = runs.list(filter, PAGE, token.get());
            page.items().stream().filter(Resumption::failedBecauseOfAnother).forEach(found::add);
            token = page.nextPageToken();
        }
        return found;
    }

    private static boolean failedBecauseOfAnother(RunRecord run) {
        return run.error().filter(error -> error.getCategory() == RunError.Category.DEPENDENCY_FAILED).isPresent();
    }

    /** A run that has ended otherwise than well, if this one waits for such a run: it could only fail again. */
    private Optional<RunRecord> inTheWay(RunRecord run) {
        return run.dependencies().stream().flatMap(id -> runs.find(id).stream()).filter(other -> IN_THE_WAY.contains(other.state())).findFirst();
    }
}
