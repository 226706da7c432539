package dev.engram.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.RunTasks;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.Run.State;
import dev.engram.v1.RunError;
import dev.engram.v1.RunProgress;
import dev.engram.v1.RunSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for a run of every kind, executed by real worker processes: paused, killed or cancelled in the middle it obeys in time, leaves nothing
 * half made, and ends in the same bytes as a run that nobody disturbed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class InterruptionContract {

    /** How the middle of a run is met. */
    public enum Middle {
        /** It says that some of its work is done and some is left, which its spec makes last for seconds; or it waits to publish, if nobody looked so soon. */
        COUNTED,
        /** It waits to publish: for work that is over in no time. */
        HELD
    }

    /**
     * A kind of run.
     *
     * @param role of the artifact it makes
     */
    public record Kind(RunSpec spec, String role, Middle middle) {
        @Override
        public String toString() {
            return RunTasks.kindName(spec.getTaskCase());
        }

        private String id(String fate) {
            return this.toString().replace('_', '-') + "-" + fate;
        }
    }

    /** One laptop for all tests of the class, with more than one slot. */
    protected abstract Laptop laptop();

    protected abstract Stream<Kind> kinds();

    @Test
    void everyKindOfThisServiceIsTried() {
        Set<RunSpec.TaskCase> tried = kinds().map(kind -> kind.spec().getTaskCase()).collect(Collectors.toSet());
        assertEquals(RunTasks.load().kinds(), tried, "a new kind of run is to be added to kinds()");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void pausedAndThenKilledInTheMiddleItEndsInTheSameBytesAndCancelledItLeavesNothing(Kind kind) {
        laptop().backend().letResultsBeHeld();
        String whole = kind.id("whole");
        String broken = kind.id("broken");
        String cancelled = kind.id("cancelled");
        try (Hold hold = new Hold(broken);
                Hold other = new Hold(cancelled)) {
            laptop().submit(broken, kind.spec());
            laptop().submit(cancelled, kind.spec());
            awaitMiddle(kind, hold, 1);
            laptop().control().pause(broken);
            awaitMiddle(kind, other, 1);
            ProcessHandle worker = laptop().worker(cancelled);
            laptop().control().cancel(cancelled);
            RunRecord paused = laptop().await(broken, State.PAUSED);
            assertEquals(Optional.empty(), paused.worker());
            assertObeyed(broken);
            assertEquals(Optional.empty(), laptop().made(broken, kind.role()));

            hold.anew();
            laptop().control().resume(broken);
            laptop().await(cancelled, State.CANCELLED);
            Laptop.awaitEnd(worker);
            laptop().submit(whole, kind.spec());
            awaitMiddle(kind, hold, 2);
            laptop().kill(broken);
            RunRecord lost = laptop().await(broken, State.LOST);
            assertEquals(RunError.Category.WORKER_LOST, lost.error().orElseThrow().getCategory());
            assertEquals(Optional.empty(), laptop().made(broken, kind.role()));
        }
        assertLeftNothing(kind, cancelled);
        laptop().control().resume(broken);
        assertEquals(3, laptop().await(broken, State.SUCCEEDED).attempt());
        assertEquals(1, laptop().await(whole, State.SUCCEEDED).attempt());
        assertEquals(laptop().made(whole, kind.role()).orElseThrow(), laptop().made(broken, kind.role()).orElseThrow());
    }

    private void assertLeftNothing(Kind kind, String cancelled) {
        assertObeyed(cancelled);
        assertEquals(Optional.empty(), laptop().made(cancelled, kind.role()));
        Path scratch = laptop().backend().home().resolve("workers").resolve(cancelled).resolve("scratch-1");
        assertFalse(Files.exists(scratch), "scratch space is left");
    }

    /** Keeps a run from ending well until it is closed, so that the middle is met on machines of any speed. */
    private record Hold(String id) implements AutoCloseable {
        private Hold {
            HeldResults.hold(id);
        }

        /** For the next attempt. */
        void anew() {
            HeldResults.hold(id);
        }

        @Override
        public void close() {
            HeldResults.release(id);
        }
    }

    private void awaitMiddle(Kind kind, Hold hold, int attempt) {
        String id = hold.id();
        Optional<String> stale = attempt == 1 ? Optional.empty() : laptop().get(id).progress();
        laptop().await(id, () -> {
            RunRecord run = laptop().get(id);
            boolean counted = kind.middle() == Middle.COUNTED && !run.progress().equals(stale) && isMiddle(Laptop.progress(run));
            return run.state() == State.RUNNING && run.attempt() == attempt && (counted || HeldResults.isWaiting(id));
        }, "was never seen in the middle of attempt " + attempt);
    }

    private static boolean isMiddle(RunProgress progress) {
        return progress.getDone() > 0 && progress.getDone() < progress.getTotal();
    }

    private void assertObeyed(String id) {
        assertFalse(laptop().log(id).stream().anyMatch(line -> line.contains("did not stop within")), () -> laptop().describe(id));
    }
}
