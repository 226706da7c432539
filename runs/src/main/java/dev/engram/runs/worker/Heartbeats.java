package dev.engram.runs.worker;

import dev.engram.runs.RunSpecs;
import dev.engram.store.StoreException;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.Claim;
import dev.engram.store.catalogue.Heartbeat;
import dev.engram.v1.Run;
import dev.engram.v1.RunProgress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The worker's sign of life, on a thread of its own that no native code can block. Takes progress, log lines and metrics along and brings
 * back whether cancel or pause was asked for. A worker whose claim has ended, or that could reach nobody for too long, leaves at once.
 */
final class Heartbeats implements AutoCloseable {
    private static final int BEATS_AN_INTERVAL = 2;
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Catalogue catalogue;
    private final Claim claim;
    private final ProgressMeter meter;
    private final Outbox outbox;
    private final Duration interval;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final IntConsumer leave;
    private final ReentrantLock beating = new ReentrantLock();
    private final Thread thread = Thread.ofPlatform().daemon().name("heartbeat").unstarted(this::loop);
    private volatile Run.State requested;
    private volatile boolean closed;
    private long lastReached;
    private RunProgress unsent;

    /**
     * @param interval at most this between two heartbeats; the thread aims at half of it, and at no more than a second, so that a cancel is soon heard
     * @param patience without reaching the catalogue, before leaving
     * @param leave ends the process at once with an exit code
     */
    Heartbeats(
            Catalogue catalogue,
            Claim claim,
            ProgressMeter meter,
            Outbox outbox,
            Duration interval,
            Duration patience,
            LongSupplier nanoTime,
            IntConsumer leave) {
        this.catalogue = catalogue;
        this.claim = claim;
        this.meter = meter;
        this.outbox = outbox;
        this.interval = Collections.min(List.of(interval.dividedBy(BEATS_AN_INTERVAL), LONGEST));
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.leave = leave;
        this.lastReached = nanoTime.getAsLong();
    }

    Heartbeats start() {
        thread.setPriority(Thread.MAX_PRIORITY);
        thread.start();
        return this;
    }

    /** CANCELLED or PAUSED if that was asked for. */
    Optional<Run.State> requested() {
        return Optional.ofNullable(requested);
    }

    private void loop() {
        while (!closed) {
            beat();
            LockSupport.parkNanos(interval.toNanos());
        }
    }

    void beat() {
        beating.lock();
        try {
            if (!closed) {
                report();
            }
        } catch (StoreException e) {
            System.err.println("heartbeat: " + e.getMessage());
            if (nanoTime.getAsLong() - lastReached > patience.toNanos()) {
                System.err.println("nobody could be reached for " + patience.toSeconds() + " s; leaving");
                leave.accept(WorkerExit.UNREACHABLE);
            }
        } catch (RuntimeException e) {
            System.err.println("heartbeat: " + e);
        } finally {
            beating.unlock();
        }
    }

    private void report() {
        RunProgress changed = meter.takeChanged();
        unsent = changed == null ? unsent : changed;
        Heartbeat answer = catalogue.runs().heartbeat(claim, Optional.ofNullable(unsent).map(RunSpecs::toJson));
        unsent = null;
        lastReached = nanoTime.getAsLong();
        switch (answer) {
            case CONTINUE -> {}
            case CANCEL -> requested = Run.State.CANCELLED;
            case PAUSE -> requested = Run.State.PAUSED;
            case STOP -> {
                System.err.println("runs/" + claim.runId() + " is not this worker's any more; leaving");
                leave.accept(WorkerExit.NOT_MINE);
            }
        }
        outbox.send(catalogue, claim.runId());
    }

    /** Sends what is left. To be called before the run's last change. */
    void sendAll() {
        beating.lock();
        try {
            report();
            outbox.sendAll(catalogue, claim.runId());
        } finally {
            beating.unlock();
        }
    }

    /** Ends the claim by {@code action}; if it succeeds there is no further heartbeat, which would find that the claim has ended. */
    <T> T last(Supplier<T> action) {
        beating.lock();
        try {
            T result = action.get();
            closed = true;
            return result;
        } finally {
            beating.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
