package dev.engram.encoders.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
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
    void aWarmUpComesBeforeAnySchedule() {
        Schedule rate = new Warmup(0.2, 4, new StepSchedule(1, 0.5, List.of(2L, 2L, 10L)));
        double[] expected = {.2, .4, .6, .8, 1, 1, .25, .25};
        for (int step = 0; step < expected.length; step++) {
            assertEquals(expected[step], rate.at(step), 1e-15, "step " + step);
        }
        assertEquals(.125, rate.at(14), 1e-15);
    }

    @Test
    void aStretchedCosineIsCutOff() {
        Schedule whole = new CosineSchedule(1, 0, 125);
        assertEquals((1 + Math.cos(Math.PI * .8)) / 2, whole.at(100), 1e-15);
        assertEquals(0, whole.at(125), 1e-15);
        assertEquals(.996 + .004 * .8, new LinearSchedule(.996, 1, 125).at(100), 1e-15);
    }

    @Test
    void oneCycleEndsWhereItShall() {
        Schedule rate = OneCycle.rate(1, 25, 1e4, 10, 0.3);
        assertEquals(1 / 25., rate.at(0), 1e-15);
        assertEquals(1, rate.at(2), 1e-15);
        assertEquals(1 / 25e4, rate.at(9), 1e-15);
        assertEquals(1 / 25e4, rate.at(99), 1e-15);
        assertEquals(1 / 25e4, OneCycle.rate(1, 25, 1e4, 1, 0.3).at(0), 1e-15);
    }

    @Test
    void refusesWhatIsNoSchedule() {
        assertThrows(IllegalArgumentException.class, () -> new StepSchedule(1, 1.5, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new StepSchedule(1, 0.5, List.of(3L, 2L)));
        assertThrows(IllegalArgumentException.class, () -> new Warmup(0, -1, Schedule.constant(1)));
        assertThrows(IllegalArgumentException.class, () -> OneCycle.rate(1, 25, 1e4, 10, 1));
        assertThrows(IllegalArgumentException.class, () -> OneCycle.momentum(1, .95, 10, .3));
        assertThrows(IllegalArgumentException.class, () -> new CosineSchedule(Double.NaN, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new LinearSchedule(0, 1, -1));
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
