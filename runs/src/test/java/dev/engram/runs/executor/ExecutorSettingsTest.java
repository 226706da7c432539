package dev.engram.runs.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExecutorSettingsTest {

    @Test
    void defaults() {
        assertEquals(
                new ExecutorSettings(1, Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofSeconds(10),
                        new RetryRule(2, Duration.ofSeconds(30), Duration.ofMinutes(10))),
                ExecutorSettings.defaults());
        assertEquals(Duration.ofSeconds(15), ExecutorSettings.defaults().silence());
    }

    @Test
    void refusesWhatCannotWork() {
        assertThrows(IllegalArgumentException.class, () -> ExecutorSettings.defaults().withSlots(0));
        assertThrows(IllegalArgumentException.class, () -> new RetryRule(-1, Duration.ZERO, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new ExecutorSettings(
                1, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO, RetryRule.defaults()));
        assertThrows(IllegalArgumentException.class, () -> new ExecutorSettings(
                1, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(-1), RetryRule.defaults()));
    }

    @Test
    void waitsGrowFourfoldUpToTheLongest() {
        RetryRule rule = RetryRule.defaults();
        assertEquals(Duration.ofSeconds(30), rule.wait(1));
        assertEquals(Duration.ofSeconds(120), rule.wait(2));
        assertEquals(Duration.ofSeconds(480), rule.wait(3));
        assertEquals(Duration.ofMinutes(10), rule.wait(4));
        assertEquals(Duration.ofMinutes(10), rule.wait(1000));
    }
}
