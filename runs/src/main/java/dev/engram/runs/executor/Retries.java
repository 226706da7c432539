package dev.engram.runs.executor;

import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.RunFilter;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.store.catalogue.StateChange;
import dev.engram.v1.Run;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Queues again, after a wait, what ended of something that may pass. */
final class Retries {
    private final Catalogue catalogue;
    private final RunChanges changes;
    private final RunFilter over;
    private final RetryRule rule;
    private final Timers waits;

    Retries(Catalogue catalogue, RunChanges changes, Set<String> kinds, RetryRule rule, LongSupplier nanoTime) {
        this.catalogue = catalogue;
        this.changes = changes;
        this.over = new RunFilter(Set.of(Run.State.LOST, Run.State.FAILED), kinds, Optional.empty());
        this.rule = rule;
        this.waits = new Timers(nanoTime);
    }

    /** Takes up the waits that another process had begun: one that stopped, or has left them to this one since. */
    void findLeftOver() {
        RunPages.forEach(catalogue, over, run -> {
            if (rule.applies(run)) {
                waits.startIfAbsent(run.id(), rule.wait(run.attempt()));
            }
        });
    }

    /** Starts the wait for a run that has just ended, if the rule has one for it. */
    void consider(RunRecord run) {
        schedule(run, rule.wait(run.attempt()));
    }

    /** For a run that was stopped by no fault of its own. */
    void considerAtOnce(RunRecord run) {
        schedule(run, Duration.ZERO);
    }

    private void schedule(RunRecord run, Duration wait) {
        if (rule.applies(run)) {
            waits.start(run.id(), wait);
        }
    }

    void queueDue() {
        for (String id : waits.due()) {
            catalogue.runs().find(id).filter(rule::applies).ifPresent(run -> changes.change(run, StateChange.to(Run.State.QUEUED),
                    "tried again by itself (" + run.attempt() + " of " + rule.retries() + ")"));
            waits.clear(id);
        }
    }
}
