package dev.engram.runs.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.RunFailure;
import dev.engram.runs.RunStopped;
import dev.engram.runs.testing.ManualClock;
import dev.engram.store.DataLossException;
import dev.engram.store.StoreUnavailableException;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final ManualClock clock = new ManualClock();
    private final List<Duration> waits = new ArrayList<>();
    private final Patience patience = new Patience(Duration.ofSeconds(60), clock, wait -> {
        waits.add(wait);
        clock.advance(wait);
    });

    @Test
    void waitsMoreAndMoreSeldomUntilItWorks() {
        AtomicInteger calls = new AtomicInteger();
        String answer = patience.call(() -> {
            if (calls.incrementAndGet() < 7) {
                throw away();
            }
            return "there";
        }, _ -> {});
        assertEquals("there", answer);
        assertEquals(List.of(1L, 2L, 4L, 8L, 15L, 15L), waits.stream().map(Duration::toSeconds).toList());
    }

    @Test
    void givesUpWhenTheTimeIsOver() {
        RunFailure e = assertThrows(RunFailure.class, () -> patience.call(() -> {
            throw away();
        }, _ -> {}));
        assertEquals(RunError.Category.UNAVAILABLE, e.category());
        assertTrue(e.retryable());
        assertEquals("the store is away (waited 60 s)", e.getMessage());
        assertEquals(60, waits.stream().mapToLong(Duration::toSeconds).sum());
    }

    @Test
    void whatCannotPassIsNotWaitedFor() {
        assertThrows(DataLossException.class, () -> patience.call(() -> {
            throw DataLossException.wrongSize("blob", 1, 2);
        }, _ -> {}));
        assertEquals(List.of(), waits);
    }

    @Test
    void aRequestToStopEndsTheWaiting() {
        assertThrows(RunStopped.class, () -> patience.call(() -> {
            throw away();
        }, _ -> {
            throw new RunStopped(Run.State.CANCELLED);
        }));
    }

    private static StoreUnavailableException away() {
        return new StoreUnavailableException("the store is away", null);
    }
}
