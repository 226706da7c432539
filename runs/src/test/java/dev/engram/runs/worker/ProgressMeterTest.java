package dev.engram.runs.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.runs.testing.ManualClock;
import dev.engram.v1.RunProgress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {
    private final ManualClock clock = new ManualClock();
    private final ProgressMeter meter = new ProgressMeter(clock);

    @Test
    void rateAndTimeLeftFollowFromTheCounts() {
        meter.report("training", 100, 1000, "step", Map.of("loss", 1.5));
        assertEquals(0, meter.takeChanged().getRate());
        clock.advance(Duration.ofSeconds(10));
        meter.report("training", 200, 1000, "step", Map.of());
        RunProgress progress = meter.takeChanged();
        assertEquals(10, progress.getRate(), 1e-9);
        assertEquals(80, progress.getEta().getSeconds());
    }

    @Test
    void onlyTheLastMinuteCounts() {
        long done = 0;
        meter.report("training", done, 100_000, "step", Map.of());
        for (int second = 0; second < 300; second++) {
            clock.advance(Duration.ofSeconds(1));
            done += second < 200 ? 1 : 50;
            meter.report("training", done, 100_000, "step", Map.of());
        }
        assertEquals(50, meter.takeChanged().getRate(), 1e-9);
    }

    @Test
    void aNewStageStartsAnew() {
        meter.report("training", 0, 10, "step", Map.of());
        clock.advance(Duration.ofSeconds(5));
        meter.report("training", 10, 10, "step", Map.of());
        meter.report("measuring", 0, 50, "image", Map.of());
        RunProgress progress = meter.takeChanged();
        assertEquals(0, progress.getRate());
        assertFalse(progress.hasEta());
        clock.advance(Duration.ofSeconds(2));
        meter.report("measuring", 10, 50, "image", Map.of());
        assertEquals(5, meter.takeChanged().getRate(), 1e-9);
    }

    @Test
    void anUnknownTotalHasNoTimeLeft() {
        meter.report("reading", 0, 0, "file", Map.of());
        clock.advance(Duration.ofSeconds(2));
        meter.report("reading", 4, 0, "file", Map.of());
        RunProgress progress = meter.takeChanged();
        assertEquals(2, progress.getRate(), 1e-9);
        assertFalse(progress.hasEta());
    }

    @Test
    void whatHasNotChangedIsNotTaken() {
        assertNull(meter.takeChanged());
        meter.report("a", 1, 2, "x", Map.of());
        meter.takeChanged();
        assertNull(meter.takeChanged());
    }

    @Test
    void figuresThatAreNoNumbersAreLeftOutAndNegativeCountsRefused() {
        meter.report("a", 1, 2, "x", Map.of("loss", Double.NaN, "rate", 2.0));
        assertEquals(Map.of("rate", 2.0), meter.takeChanged().getMetricsMap());
        assertThrows(IllegalArgumentException.class, () -> meter.report("a", -1, 2, "x", Map.of()));
    }
}
