package dev.engram.runs.executor;

import dev.engram.runs.RunControl;
import dev.engram.runs.RunFailure;
import dev.engram.runs.testing.FakeLauncher;
import dev.engram.runs.testing.ManualClock;
import dev.engram.runs.testing.TestCatalogue;
import dev.engram.runs.launch.WorkerEnd;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.NewRun;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.store.catalogue.StateChange;
import dev.engram.v1.Run.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An executor with a catalogue in memory, workers that do what they are told, and a clock that stands still. */
final class ExecutorFixture implements AutoCloseable {
    static final Duration HEARTBEAT = Duration.ofSeconds(2);
    static final Duration GRACE = Duration.ofSeconds(30);
    static final RetryRule RETRY = new RetryRule(1, Duration.ofSeconds(20), Duration.ofMinutes(5));

    final Catalogue catalogue = TestCatalogue.open();
    final FakeLauncher launcher = new FakeLauncher();
    final ManualClock clock = new ManualClock();
    final RunControl control = new RunControl(catalogue.runs());
    RunExecutor executor;

    ExecutorFixture(int slots) {
        restart(slots);
    }

    /** A new executor, as after a restart of the service. */
    void restart(int slots) {
        executor = new RunExecutor(catalogue, launcher, Set.of("work"),
                new ExecutorSettings(slots, Duration.ofMillis(500), HEARTBEAT, GRACE, Duration.ZERO, RETRY), clock);
    }

    void queue(String id, String... dependencies) {
        catalogue.runs().create(new NewRun(id, Optional.empty(), "work", "{}", List.of(dependencies)));
    }

    void tick() {
        executor.tick();
    }

    void tickAfter(Duration duration) {
        clock.advance(duration);
        executor.tick();
    }

    /** What a worker does first. */
    void claim(String id, int attempt) {
        catalogue.runs().claim(id, attempt, FakeLauncher.identity(id + "-" + attempt), "cpu").orElseThrow();
    }

    /** Queued, launched, claimed. */
    void run(String id) {
        queue(id);
        tick();
        claim(id, 1);
        tick();
    }

    void beat(String id) {
        catalogue.runs().heartbeat(get(id).claim(), Optional.empty());
    }

    /** The worker records an outcome and leaves. */
    void finish(String id, State state) {
        RunRecord run = get(id);
        catalogue.runs().release(run.claim(), StateChange.to(state)).orElseThrow();
        launcher.end(id + "-" + run.attempt(), WorkerEnd.Cause.DONE, "done");
    }

    void fail(String id, RunFailure failure) {
        RunRecord run = get(id);
        catalogue.runs().release(run.claim(), StateChange.to(State.FAILED, failure.toRunError())).orElseThrow();
        launcher.end(id + "-" + run.attempt(), WorkerEnd.Cause.DONE, "done");
    }

    void die(String id, WorkerEnd.Cause cause, String message) {
        launcher.end(id + "-" + Math.max(1, get(id).attempt()), cause, message);
    }

    RunRecord get(String id) {
        return catalogue.runs().get(id);
    }

    State state(String id) {
        return get(id).state();
    }

    String message(String id) {
        return get(id).error().orElseThrow().getMessage();
    }

    @Override
    public void close() {
        catalogue.close();
    }
}
