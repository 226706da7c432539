package dev.engram.runs.executor;

import dev.engram.runs.launch.Launcher;
import dev.engram.runs.launch.WorkerOrder;
import dev.engram.runs.launch.WorkerStatus;
import dev.engram.store.StoreException;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.Run;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Has the workers of a service that stops save their state and leave, as a pause does, so that its next start repeats nothing. Bounded: who has
 * not left in time is for the launcher to end.
 */
final class OrderlyStop {
    private static final Logger LOG = System.getLogger(OrderlyStop.class.getName());
    private static final long LOOK = Duration.ofMillis(50).toNanos();

    private final Catalogue catalogue;
    private final Launcher launcher;

    OrderlyStop(Catalogue catalogue, Launcher launcher) {
        this.catalogue = catalogue;
        this.launcher = launcher;
    }

    /** Returns the ids of the runs that were asked to pause by this and by nobody before. */
    Set<String> askAndWait(Collection<WorkerOrder> workers, Duration wait) {
        Set<String> asked = new HashSet<>();
        if (wait.isZero()) {
            return asked;
        }
        try {
            workers.stream().filter(this::ask).map(WorkerOrder::runId).forEach(asked::add);
        } catch (StoreException e) {
            LOG.log(Level.WARNING, "Workers cannot be asked to save their state: {0}", e.getMessage());
        }
        long end = System.nanoTime() + wait.toNanos();
        while (workers.stream().anyMatch(order -> asked.contains(order.runId()) && isAlive(order)) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK);
        }
        return asked;
    }

    private boolean ask(WorkerOrder order) {
        RunRecord run = catalogue.runs().find(order.runId()).orElse(null);
        return run != null
                && run.state() == Run.State.RUNNING
                && run.attempt() == order.attempt()
                && run.requested().isEmpty()
                && catalogue.runs().request(run.id(), Set.of(Run.State.RUNNING), Run.State.PAUSED).isPresent();
    }

    private boolean isAlive(WorkerOrder order) {
        return launcher.poll(order.workerName()) instanceof WorkerStatus.Alive;
    }
}
