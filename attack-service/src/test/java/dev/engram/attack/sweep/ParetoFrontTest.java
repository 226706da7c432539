package dev.engram.attack.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.v1.Interval;
import dev.engram.v1.Standing;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParetoFrontTest {

    /** Against every pair of points, on coarse grids so that ties in one and in both are common. */
    @Test
    void asEveryPairOfPointsSays() {
        Random random = new Random(5);
        EnumSet<Standing> seen = EnumSet.noneOf(Standing.class);
        for (int trial = 0; trial < 500; trial++) {
            List<ParetoFront.Point> points = new ArrayList<>();
            for (int i = 0; i < 1 + trial % 25; i++) {
                points.add(new ParetoFront.Point(any(random), any(random)));
            }
            List<Standing> expected = points.stream().map(point -> naive(point, points)).toList();
            assertEquals(expected, ParetoFront.of(points), points::toString);
            seen.addAll(expected);
        }
        assertEquals(EnumSet.of(Standing.STANDING_FRONT, Standing.STANDING_NEAR, Standing.STANDING_BEHIND), seen);
    }

    @Test
    void equalPointsStandTogether() {
        ParetoFront.Point good = point(0.8, 0.1, 0.01);
        ParetoFront.Point bad = point(0.7, 0.2, 0.01);
        assertEquals(
                List.of(Standing.STANDING_BEHIND, Standing.STANDING_FRONT, Standing.STANDING_FRONT, Standing.STANDING_BEHIND),
                ParetoFront.of(List.of(bad, good, good, bad)));
    }

    /** Worse in both, but within the interval of one: not behind. */
    @Test
    void whatTheIntervalsCannotTellIsNear() {
        assertEquals(
                List.of(Standing.STANDING_FRONT, Standing.STANDING_NEAR),
                ParetoFront.of(List.of(point(0.80, 0.10, 0.02), point(0.79, 0.30, 0.02))));
        assertEquals(
                List.of(Standing.STANDING_FRONT, Standing.STANDING_FRONT),
                ParetoFront.of(List.of(point(0.80, 0.30, 0.02), point(0.70, 0.10, 0.02))));
    }

    @Test
    void noPointHasNoStanding() {
        assertTrue(ParetoFront.of(List.of()).isEmpty());
    }

    private static Standing naive(ParetoFront.Point point, List<ParetoFront.Point> all) {
        boolean dominated = all.stream().anyMatch(other -> other.accuracy().getValue() >= point.accuracy().getValue()
                && other.leak().getValue() <= point.leak().getValue()
                && (other.accuracy().getValue() > point.accuracy().getValue() || other.leak().getValue() < point.leak().getValue()));
        boolean clearly = all.stream().anyMatch(other -> other.accuracy().getCiLow() > point.accuracy().getCiHigh()
                && other.leak().getCiHigh() < point.leak().getCiLow());
        return !dominated ? Standing.STANDING_FRONT : clearly ? Standing.STANDING_BEHIND : Standing.STANDING_NEAR;
    }

    private static Interval any(Random random) {
        double value = random.nextInt(12) / 12.0;
        return interval(value, random.nextInt(4) / 12.0);
    }

    private static ParetoFront.Point point(double accuracy, double leak, double half) {
        return new ParetoFront.Point(interval(accuracy, half), interval(leak, half));
    }

    private static Interval interval(double value, double half) {
        return Interval.newBuilder().setValue(value).setCiLow(value - half).setCiHigh(value + half).build();
    }
}
