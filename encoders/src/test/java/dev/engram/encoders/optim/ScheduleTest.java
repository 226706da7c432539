package dev.engram.encoders.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final WarmupCosine PUBLISHED = WarmupCosine.of(0.2, 1024, 300_000, 10, 1000);

    @Test
    void warmupCosineAgreesWithTheReference() {
        assertEquals(0.8, PUBLISHED.peak(), 1e-15);
        assertEquals(2929, PUBLISHED.warmupSteps());
        assertEquals(292_968, PUBLISHED.totalSteps());
        assertEquals(0, PUBLISHED.at(0));
        assertEquals(2.731308e-4, PUBLISHED.at(1), 1e-9);
        assertEquals(.399863, PUBLISHED.at(1464), 1e-6);
        assertEquals(.8, PUBLISHED.at(2929), 1e-15);
        assertEquals(.406739, PUBLISHED.at(146_484), 1e-6);
        assertEquals(.0008, PUBLISHED.at(292_968), 1e-15);
    }

    @Test
    void staysAtTheLastRateAfterTheEnd() {
        assertEquals(.0008, PUBLISHED.at(1_000_000), 1e-15);
        assertEquals(1, new WarmupCosine(1, 0, 10, 0).at(0));
        assertEquals(.5, new WarmupCosine(1, 4, 4, .5).at(4));
    }

    @Test
    void refusesWhatIsNoSchedule() {
        assertThrows(IllegalArgumentException.class, () -> new WarmupCosine(0, 0, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new WarmupCosine(1, 2, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new WarmupCosine(1, -1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new WarmupCosine(1, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new WarmupCosine(1, 0, 1, 1.5));
        assertThrows(IllegalArgumentException.class, () -> new EmaSchedule(1.1, 1, 10));
        assertThrows(IllegalArgumentException.class, () -> new EmaSchedule(.9, Double.NaN, 10));
        assertThrows(IllegalArgumentException.class, () -> new EmaSchedule(.9, 1, 0));
    }

    @Test
    void emaMomentumAgreesWithTheReference() {
        EmaSchedule schedule = new EmaSchedule(.996, 1, 1000);
        assertEquals(.996, schedule.at(0), 1e-15);
        assertEquals(.998, schedule.at(500), 1e-12);
        assertEquals(.99999999, schedule.at(999), 1e-8);
        assertEquals(1, schedule.at(5000));
        assertEquals(.99, EmaSchedule.constant(.99).at(123));
    }
}
