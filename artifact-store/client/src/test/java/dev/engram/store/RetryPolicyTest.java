package dev.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private final List<Duration> waits = new ArrayList<>();
    private final RetryPolicy policy = new RetryPolicy(5, Duration.ofMillis(200), Duration.ofSeconds(1), waits::add);
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void triesAgainAndWaitsLongerEachTime() {
        assertEquals(4, policy.call(() -> answerAtCall(4)));
        assertEquals(List.of(200L, 400L, 800L), waits.stream().map(Duration::toMillis).toList());
    }

    @Test
    void givesUpAfterItsTries() {
        assertThrows(StoreUnavailableException.class, () -> policy.call(() -> answerAtCall(6)));
        assertEquals(5, calls.get());
        assertEquals(1000, waits.getLast().toMillis());
    }

    @Test
    void whatCannotPassIsNotTriedAgain() {
        assertThrows(StoreRefusedException.class, () -> policy.call(() -> {
            calls.incrementAndGet();
            throw new StoreRefusedException("no", null);
        }));
        assertEquals(1, calls.get());
    }

    @Test
    void whatAnInnerOneGaveUpIsNotBegunAnew() {
        assertThrows(StoreUnavailableException.class, () -> policy.call(() -> policy.call(() -> answerAtCall(100))));
        assertEquals(5, calls.get());
    }

    private int answerAtCall(int call) {
        if (calls.incrementAndGet() < call) {
            throw new StoreUnavailableException("away", null);
        }
        return calls.get();
    }
}
