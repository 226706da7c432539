package dev.engram.metrics.result;

import static dev.engram.metrics.result.UnitImages.LAST;
import static dev.engram.metrics.result.UnitImages.dead;
import static dev.engram.metrics.result.UnitImages.unit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.engram.metrics.layermem.SslMemTable;
import dev.engram.metrics.task.UnitRow;
import dev.engram.v1.AlignedUnit;
import dev.engram.v1.Alignment;
import dev.engram.v1.OwnerFrequency;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitAlignmentTest {
    private static final List<UnitRow> UNITS = List.of(
            unit(LAST, 0, 0.2, 1),
            unit(LAST, 1, 0.9, 2),
            unit(LAST, 2, 0.8, 2),
            unit(LAST, 3, 0.7, 3),
            unit(LAST, 4, 0.6, 4),
            unit(LAST, 5, 0.1, 9),
            dead(LAST, 6));

    /** SSLMem of images 1 to 4: 0, 0.8, 0.5, 0.3; image 9 was not measured. */
    private static final SslMemTable TABLE = new SslMemTable(
            List.of(LAST),
            new int[] {1, 2, 3, 4},
            new String[] {"shared", "candidate", "candidate", "candidate"},
            new double[][] {{1, 0.2, 0.5, 0.7}},
            new double[][] {{1, 1.8, 1.5, 1.3}});

    @Test
    void theTableCountsOwnersOfTheTopUnits() {
        Alignment half = UnitAlignment.of(UNITS, TABLE, 50).message(List.of("careful"));
        assertEquals(7, half.getUnits());
        assertEquals(0.6, half.getThreshold());
        assertEquals(4, half.getCountedUnits());
        OwnerFrequency once = half.getFrequencies(0);
        assertEquals(1, once.getTimes());
        assertEquals(2, once.getImages());
        assertEquals(0.4, once.getMeanSslmem(), 1e-12);
        OwnerFrequency twice = half.getFrequencies(1);
        assertEquals(2, twice.getTimes());
        assertEquals(1, twice.getImages());
        assertEquals(0.8, twice.getMeanSslmem(), 1e-12);
        assertEquals(List.of("careful"), half.getWarningsList());
        int units = half.getFrequenciesList().stream().mapToInt(f -> f.getTimes() * f.getImages()).sum();
        assertEquals(half.getCountedUnits(), units);
    }

    /** UnitMem (.9, .8, .7, .6, .2) and SSLMem (.8, .8, .5, .3, 0): 9 of 10 pairs ordered alike, one tied: tau-b = 9/sqrt(10 * 9). */
    @Test
    void everyLivingUnitIsAPoint() {
        Alignment alignment = UnitAlignment.of(UNITS, TABLE, 0).message(List.of());
        assertEquals(List.of(1, 2, 3, 4, 0, 5), alignment.getPointsList().stream().map(AlignedUnit::getUnit).toList());
        assertEquals(5, alignment.getScoredPoints());
        assertFalse(alignment.getPoints(5).hasSslmem());
        assertEquals(9 / Math.sqrt(90), alignment.getKendall().getValue(), 1e-12);
        assertEquals(List.of(true, false, false, false, false, false),
                alignment.getPointsList().stream().map(AlignedUnit::getCounted).toList());
        assertEquals("candidate", alignment.getPoints(0).getSubset());
        assertEquals(0.45, alignment.getPoints(0).getNullUnitMem());
    }

    @Test
    void ofTwoPointsThereIsNoCorrelation() {
        Alignment two = UnitAlignment.of(UNITS.subList(4, 7), TABLE, 100).message(List.of());
        assertEquals(1, two.getScoredPoints());
        assertFalse(two.hasSpearman());
        assertFalse(two.hasKendall());
    }
}
