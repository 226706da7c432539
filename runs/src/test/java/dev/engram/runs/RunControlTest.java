package dev.engram.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.runs.testing.DeclaredTask;
import dev.engram.runs.testing.TestCatalogue;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.NewRun;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.store.catalogue.StateChange;
import dev.engram.v1.Run.State;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunControlTest {
    private final Catalogue catalogue = TestCatalogue.open();
    private final RunControl control = new RunControl(catalogue.runs());

    @AfterEach
    void close() {
        catalogue.close();
    }

    @Test
    void cancelInEveryState() {
        assertEquals(State.CANCELLED, control.cancel(runIn(State.QUEUED)).state());
        assertEquals(State.CANCELLED, control.cancel(runIn(State.PAUSED)).state());
        assertEquals(State.CANCELLED, control.cancel(runIn(State.LOST)).state());
        assertEquals(State.CANCELLED, control.cancel(runIn(State.CANCELLED)).state());
        assertThrows(RunStateException.class, () -> control.cancel(runIn(State.SUCCEEDED)));
        assertThrows(RunStateException.class, () -> control.cancel(runIn(State.FAILED)));

        RunRecord running = control.cancel(runIn(State.RUNNING));
        assertEquals(State.RUNNING, running.state());
        assertEquals(Optional.of(State.CANCELLED), running.requested());
        assertEquals(Optional.of(State.CANCELLED), control.cancel(running.id()).requested());
    }

    @Test
    void pauseInEveryState() {
        RunRecord running = control.pause(runIn(State.RUNNING));
        assertEquals(Optional.of(State.PAUSED), running.requested());
        assertEquals(Optional.of(State.CANCELLED), control.cancel(running.id()).requested());
        assertThrows(RunStateException.class, () -> control.pause(running.id()));
        assertEquals(State.PAUSED, control.pause(runIn(State.PAUSED)).state());
        assertEquals(State.PAUSED, control.pause(runIn(State.QUEUED)).state());
        for (State state : Set.of(State.SUCCEEDED, State.FAILED, State.CANCELLED, State.LOST)) {
            assertThrows(RunStateException.class, () -> control.pause(runIn(state)), state.toString());
        }
    }

    @Test
    void resumeInEveryState() {
        for (State state : Set.of(State.PAUSED, State.LOST, State.FAILED, State.CANCELLED, State.QUEUED)) {
            assertEquals(State.QUEUED, control.resume(runIn(state)).state(), state.toString());
        }
        assertEquals(State.RUNNING, control.resume(runIn(State.RUNNING)).state(), "the answer may have been lost, and a worker quick");
        assertThrows(RunStateException.class, () -> control.resume(runIn(State.SUCCEEDED)));
    }

    @Test
    void aRunThatIsAboutToStopIsResumedWhenItHas() {
        String id = runIn(State.RUNNING);
        control.pause(id);
        RunStateException e = assertThrows(RunStateException.class, () -> control.resume(id));
        assertEquals("runs/" + id + " is about to be PAUSED; resume it when it is", e.getMessage());
    }

    /** It may be paused before anybody has taken it: then nobody does. */
    @Test
    void aRunThatWasPausedInTheQueueIsNotStarted() {
        String id = control.pause(runIn(State.QUEUED)).id();
        assertEquals(Optional.empty(), catalogue.runs().claim(id, 1, "host:1", "cpu"));
        assertEquals(List.of(), catalogue.runs().ready(Set.of("unit_mem")));
        control.resume(id);
        assertEquals(1, catalogue.runs().claim(id, 1, "host:1", "cpu").orElseThrow().attempt());
    }

    @Test
    void aRunThatWouldFailAgainIsNotResumed() {
        String id = runIn(State.RUNNING);
        catalogue.runs().transition(id, Set.of(State.RUNNING), StateChange.to(State.FAILED, RunFailure.diverged(3, "NaN").toRunError()));
        RunStateException e = assertThrows(RunStateException.class, () -> control.resume(id));
        assertEquals("runs/" + id + " would fail again: DIVERGED: NaN", e.getMessage());
    }

    /** base ← middle ← top, and other ← both: what failed of one cause alone goes on with it, what has another cause waits for that. */
    @Test
    void whatFailedBecauseOfARunIsResumedWithIt() {
        make("base");
        make("other");
        make("middle", "base");
        make("top", "middle");
        make("both", "base", "other");
        make("own", "base");
        fail("base", RunError.Category.WORKER_LOST);
        fail("other", RunError.Category.WORKER_LOST);
        List.of("middle", "top", "both").forEach(id -> fail(id, RunError.Category.DEPENDENCY_FAILED));
        fail("own", RunError.Category.RESOURCE_EXHAUSTED);

        RunStateException refused = assertThrows(RunStateException.class, () -> control.resume("top"));
        assertEquals("runs/top would fail again: runs/middle, which it depends on, is FAILED: told; resume that one, and this one goes on with it", refused.getMessage());
        assertEquals(State.QUEUED, control.resumeAlone("base").state());
        assertEquals(State.FAILED, state("middle"));

        assertEquals(State.QUEUED, control.resume("base").state(), "asked again, it takes the others along");
        assertEquals(List.of(State.QUEUED, State.QUEUED, State.FAILED, State.FAILED), List.of(state("middle"), state("top"), state("both"), state("own")));
        assertEquals("resumed with runs/middle", catalogue.log().read("top", 0, 10).getLast().message());
        assertEquals(State.QUEUED, control.resume("other").state());
        assertEquals(State.QUEUED, state("both"));
    }

    @Test
    void anUnknownRunIsNotFound() {
        assertThrows(ObjectNotFoundException.class, () -> control.cancel("nobody"));
    }

    private void make(String id, String... dependencies) {
        catalogue.runs().create(new NewRun(id, Optional.empty(), "unit_mem", "{}", List.of(dependencies)));
    }

    private void fail(String id, RunError.Category category) {
        RunError error = RunError.newBuilder().setCategory(category).setMessage("told").setRetryable(true).build();
        catalogue.runs().transition(id, Set.of(State.QUEUED), StateChange.to(State.FAILED, error)).orElseThrow();
    }

    private State state(String id) {
        return catalogue.runs().get(id).state();
    }

    private String runIn(State state) {
        String id = new RunSubmission(catalogue, RunTasks.of(new DeclaredTask(RunSpec.TaskCase.UNIT_MEM))).submit(DeclaredTask.spec(1), null, null).id();
        if (state == State.QUEUED) {
            return id;
        }
        if (state == State.CANCELLED) {
            return control.cancel(id).id();
        }
        catalogue.runs().claim(id, 1, "host:1", "cpu");
        if (state != State.RUNNING) {
            RunError error = RunError.newBuilder().setCategory(RunError.Category.UNAVAILABLE).setMessage("away").setRetryable(true).build();
            catalogue.runs().transition(id, Set.of(State.RUNNING), state == State.FAILED || state == State.LOST
                    ? StateChange.to(state, error)
                    : StateChange.to(state));
        }
        return id;
    }
}
