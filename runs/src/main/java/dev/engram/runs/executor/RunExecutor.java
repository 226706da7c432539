package dev.engram.runs.executor;

import dev.engram.runs.launch.Launcher;
import dev.engram.runs.launch.WorkerIdentity;
import dev.engram.store.StoreException;
import dev.engram.store.catalogue.Catalogue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Gets queued runs done. One thread looks at the catalogue every half second, in the order below; an outage of the catalogue makes it wait, and
 * whatever it does is compare-and-set there, so that several executors, a worker and a person may act on the same run at once.
 *
 * <ol>
 *   <li>Workers that ended: a run that is still RUNNING becomes LOST with the reason.
 *   <li>Running runs: silent ones become LOST; those that do not obey cancel or pause in time are ended.
 *   <li>Queued runs whose dependency will not succeed become FAILED, naming it.
 *   <li>Runs that ended of something that may pass are queued again, after a wait and a bounded number of times; once a minute those, too, that
 *       another process left to itself.
 *   <li>Ready runs are given a worker, oldest first, while there are slots.
 *   <li>Every five seconds, and whenever a slot was taken or freed, the catalogue is told that this process is there, and how busy.
 *   <li>Once a minute, what workers of deleted runs left on this machine is removed.
 * </ol>
 *
 * Stopping the service ends its workers, which save their state first; their runs are queued again at once and go on when it starts the next time. After a
 * crash of the service they are found RUNNING and silent: LOST, and queued again as any lost run.
 */
public final class RunExecutor implements AutoCloseable {
    private static final Logger LOG = System.getLogger(RunExecutor.class.getName());
    private static final long OUTAGE_TICKS = 4;
    private static final Duration TIDY = Duration.ofMinutes(1);
    private static final String HOUSE = "house";
    private static final String LEFT_OVER = "left over";
    private static final Duration PRESENCE = Duration.ofSeconds(5);
    private static final String ATTENDANCE = "attendance";

    private final ExecutorSettings settings;
    private final Launcher launcher;
    private final Workers workers;
    private final RunningRuns running;
    private final QueuedRuns queued;
    private final Retries retries;
    private final Catalogue catalogue;
    private final Timers tidied;
    private final List<String> kinds;
    private final String name;
    private Thread thread;
    private volatile boolean closing;
    private boolean outage;
    private int told;

    public RunExecutor(Catalogue catalogue, Launcher launcher, Set<String> kinds, ExecutorSettings settings) {
        this(catalogue, launcher, kinds, settings, System::nanoTime);
    }

    /**
     * @param kinds of runs to execute, as {@link dev.engram.runs.RunTasks#kindName} writes them
     * @param nanoTime a monotonic clock
     */
    RunExecutor(Catalogue catalogue, Launcher launcher, Set<String> kinds, ExecutorSettings settings, LongSupplier nanoTime) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.launcher = Objects.requireNonNull(launcher, "launcher");
        this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
        this.tidied = new Timers(nanoTime);
        this.kinds = kinds.stream().sorted().toList();
        this.name = WorkerIdentity.of(ProcessHandle.current().pid());
        RunChanges changes = new RunChanges(catalogue);
        this.retries = new Retries(catalogue, changes, kinds, settings.retry(), nanoTime);
        this.workers = new Workers(catalogue, changes, launcher, retries, nanoTime);
        this.running = new RunningRuns(catalogue, changes, launcher, kinds, settings, retries, nanoTime);
        this.queued = new QueuedRuns(catalogue, changes, kinds, settings, workers);
    }

    /** Starts the thread. */
    public synchronized void start() {
        if (thread != null) {
            throw new IllegalStateException("the executor was started before");
        }
        thread = Thread.ofPlatform().daemon().name("run-executor").start(this::loop);
    }

    private void loop() {
        while (!closing) {
            tick();
            LockSupport.parkNanos(settings.tick().toNanos() * (outage ? OUTAGE_TICKS : 1));
        }
    }

    /** One look. Never throws: what goes wrong is logged and tried again at the next. */
    void tick() {
        try {
            look();
            if (outage) {
                outage = false;
                LOG.log(Level.INFO, "The catalogue can be reached again");
            }
        } catch (StoreException e) {
            if (!outage) {
                LOG.log(Level.WARNING, "Runs wait: {0}", e.getMessage());
            }
            outage = true;
            running.restartWatch();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "The executor met a defect and goes on", e);
        }
    }

    private void look() {
        workers.settle();
        running.watch();
        if (!tidied.isRunning(LEFT_OVER)) {
            retries.findLeftOver();
            tidied.start(LEFT_OVER, TIDY);
        }
        queued.failBlocked(settings.retry());
        retries.queueDue();
        queued.launchReady();
        attend();
        if (!tidied.isRunning(HOUSE)) {
            launcher.tidy(catalogue.runs()::existing);
            tidied.start(HOUSE, TIDY);
        }
    }

    /** Says every few seconds, and whenever a slot was taken or freed, that this process is there. */
    private void attend() {
        if (!tidied.isRunning(ATTENDANCE) || workers.count() != told) {
            told = workers.count();
            catalogue.executors().seen(name, kinds, launcher.devices(), settings.slots(), told);
            tidied.start(ATTENDANCE, PRESENCE);
        }
    }

    /** Ends the thread, has the workers save their state and leave, ends those that do not, and queues their runs again. */
    @Override
    public void close() {
        closing = true;
        Thread started;
        synchronized (this) {
            started = thread;
        }
        if (started != null) {
            LockSupport.unpark(started);
            try {
                started.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        workers.stopAll(settings.shutdownWait());
        leave();
    }

    /** Whoever looks later sees it gone anyway; that the catalogue went first is no news. */
    private void leave() {
        try {
            catalogue.executors().left(name);
        } catch (StoreException e) {
            LOG.log(Level.DEBUG, "Left without a word: {0}", e.getMessage());
        }
    }
}
