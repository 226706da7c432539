package dev.engram.encoders.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrialIntervalTest {
    /** Worked by hand: mean 3, s² = 10 / 4, t(0.975; 4) = 2.776. */
    @Test
    void fiveTrials() {
        TrialInterval interval = TrialInterval.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0));
        assertEquals(3, interval.mean(), 1e-12);
        assertEquals(Math.sqrt(2.5), interval.deviation(), 1e-12);
        assertEquals(2.776 * Math.sqrt(0.5), interval.high() - 3, 5e-4);
        assertEquals(interval.high() - 3, 3 - interval.low(), 1e-12);
        assertEquals(5, interval.trials());
    }

    @Test
    void oneTrialSaysNothingOfTheOthers() {
        assertEquals(new TrialInterval(1, 0.7, 0, 0.7, 0.7), TrialInterval.of(List.of(0.7)));
        assertThrows(IllegalArgumentException.class, () -> TrialInterval.of(List.of()));
    }
}
