package dev.engram.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.testing.DeclaredTask;
import dev.engram.runs.testing.TestCatalogue;
import dev.engram.store.ConflictException;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.RunFilter;
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

class RunPartsTest {
    private final Catalogue catalogue = TestCatalogue.open();
    private final RunSubmission submission =
            new RunSubmission(catalogue, RunTasks.of(new DeclaredTask(RunSpec.TaskCase.UNIT_MEM)));
    private final RunControl control = new RunControl(catalogue.runs());

    @AfterEach
    void close() {
        catalogue.close();
    }

    @Test
    void aRunIsMadeWithItsPartsAndWaitsForThem() {
        RunRecord whole = submission.submit(DeclaredTask.inParts(3), "whole", null);
        assertEquals(List.of("whole-part-1", "whole-part-2", "whole-part-3"), whole.dependencies());
        assertEquals(whole.dependencies(), catalogue.runs().parts("whole").stream().map(RunRecord::id).toList());
        assertEquals(DeclaredTask.spec(2), RunSpecs.parse(catalogue.runs().get("whole-part-2").spec()));
        assertEquals(List.of("runs/whole-part-1", "runs/whole-part-2", "runs/whole-part-3"), RunParts.names("whole", 3));
        assertEquals(List.of(), catalogue.runs().parts("whole-part-1"));
    }

    @Test
    void theSameRequestIsOneRunWithOneSetOfParts() {
        String made = submission.submit(DeclaredTask.inParts(3), null, "request").id();
        assertEquals(made, submission.submit(DeclaredTask.inParts(3), null, "request").id());
        assertEquals(made, submission.submit(DeclaredTask.inParts(3), made, null).id());
        assertThrows(ConflictException.class, () -> submission.submit(DeclaredTask.inParts(4), null, "request"));
        assertThrows(ConflictException.class, () -> submission.submit(DeclaredTask.inParts(4), made, null));
        assertEquals(4, count());
    }

    @Test
    void aRunWhosePartsCannotBeMadeIsNotMade() {
        submission.submit(DeclaredTask.spec(9), "taken-part-2", null);
        assertThrows(ConflictException.class, () -> submission.submit(DeclaredTask.inParts(3), "taken", null));
        assertEquals(1, count());
    }

    @Test
    void theIdOfARunWithPartsLeavesRoomForTheirs() {
        assertEquals(55, submission.submit(DeclaredTask.inParts(64), "x".repeat(55), null).id().length());
        InvalidRunException e =
                assertThrows(InvalidRunException.class, () -> submission.submit(DeclaredTask.inParts(2), "y".repeat(56), null));
        assertEquals("run_id", e.violations().getFieldViolations(0).getField());
    }

    @Test
    void cancelledWithTheirWhole() {
        submission.submit(DeclaredTask.inParts(3), "w", null);
        running("w-part-1");
        running("w-part-2");
        catalogue.runs().transition("w-part-2", Set.of(State.RUNNING), StateChange.to(State.SUCCEEDED));
        assertEquals(State.CANCELLED, control.cancel("w").state());
        assertEquals(Optional.of(State.CANCELLED), catalogue.runs().get("w-part-1").requested());
        assertEquals(State.SUCCEEDED, catalogue.runs().get("w-part-2").state());
        assertEquals(State.CANCELLED, catalogue.runs().get("w-part-3").state());
    }

    @Test
    void aWholeIsResumedWithThePartsThatStopped() {
        submission.submit(DeclaredTask.inParts(2), "w", null);
        RunError failed = RunFailure.dataLoss("x").toRunError().toBuilder().setRetryable(true).build();
        running("w-part-1");
        catalogue.runs().transition("w-part-1", Set.of(State.RUNNING), StateChange.to(State.FAILED, failed));
        catalogue.runs().transition("w", Set.of(State.QUEUED), StateChange.to(State.FAILED, failed));
        assertEquals(State.QUEUED, control.resume("w").state());
        assertEquals(State.QUEUED, catalogue.runs().get("w-part-1").state());
        assertEquals(State.QUEUED, catalogue.runs().get("w-part-2").state());
    }

    @Test
    void aWholeOneOfWhosePartsWouldFailAgainIsNotResumed() {
        submission.submit(DeclaredTask.inParts(2), "w", null);
        running("w-part-1");
        RunError failed = RunFailure.dataLoss("x").toRunError();
        catalogue.runs().transition("w-part-1", Set.of(State.RUNNING), StateChange.to(State.FAILED, failed));
        catalogue.runs().transition("w", Set.of(State.QUEUED), StateChange.to(State.FAILED, failed.toBuilder().setRetryable(true).build()));
        RunStateException refused = assertThrows(RunStateException.class, () -> control.resume("w"));
        assertTrue(refused.getMessage().startsWith("runs/w-part-1 would fail again"), refused.getMessage());
    }

    @Test
    void cancelledByMistakeTheyAreResumedWithTheirWhole() {
        submission.submit(DeclaredTask.inParts(2), "w", null);
        control.cancel("w");
        assertEquals(State.QUEUED, control.resume("w").state());
        assertEquals(State.QUEUED, catalogue.runs().get("w-part-2").state());
    }

    @Test
    void pausedAndResumedWithTheirWhole() {
        submission.submit(DeclaredTask.inParts(3), "w", null);
        running("w-part-1");
        running("w-part-2");
        catalogue.runs().transition("w-part-2", Set.of(State.RUNNING), StateChange.to(State.SUCCEEDED));
        assertEquals(State.PAUSED, control.pause("w").state());
        assertEquals(Optional.of(State.PAUSED), catalogue.runs().get("w-part-1").requested());
        assertEquals(State.SUCCEEDED, catalogue.runs().get("w-part-2").state());
        assertEquals(State.PAUSED, catalogue.runs().get("w-part-3").state());

        RunStateException early = assertThrows(RunStateException.class, () -> control.resume("w"));
        assertTrue(early.getMessage().startsWith("runs/w-part-1 is about to be PAUSED"), early.getMessage());
        assertEquals(State.PAUSED, catalogue.runs().get("w-part-3").state(), "all or none");
        catalogue.runs().release(catalogue.runs().get("w-part-1").claim(), StateChange.to(State.PAUSED));
        assertEquals(State.QUEUED, control.resume("w").state());
        assertEquals(State.QUEUED, catalogue.runs().get("w-part-1").state());
        assertEquals(State.QUEUED, catalogue.runs().get("w-part-3").state());
    }

    private void running(String id) {
        catalogue.runs().claim(id, 1, "host:1", "cpu").orElseThrow();
    }

    private int count() {
        return catalogue.runs().list(RunFilter.ALL, 100, "").items().size();
    }
}
