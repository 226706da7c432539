package dev.engram.attack.dejavu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwapTestTest {

    /** scipy.stats.binomtest: {@code src/test/oracle/attack_statistics.py}. */
    @ParameterizedTest
    @CsvSource({
        "7, 1, 0.03515625, 0.0703125",
        "3, 3, 0.65625, 1",
        "0, 5, 1, 0.0625",
        "40, 22, 0.015007932174533643, 0.030015864349067285",
        "5100, 4800, 0.0013267422557513549, 0.0026534845115027098",
        "0, 0, 1, 1"
    })
    void ofOneDirectionIsMcNemarsExactTest(int memorized, int misrepresented, double greater, double twoSided) {
        SwapTest test = SwapTest.of(List.of(new FourWayPartition(memorized, 11, misrepresented, 17)));
        assertEquals(greater, test.greater(), 1e-10 * greater);
        assertEquals(twoSided, test.twoSided(), 1e-10 * twoSided);
    }

    /** Every swap of every image by scipy.stats.permutation_test. */
    @ParameterizedTest
    @CsvSource({
        "5 2 2 3, 4 1 1 9, 0.064453125, 0.12890625",
        "1 0 4 2, 2 6 1 3, 0.8515625, 0.4140625",
        "6 3 0 1, 0 2 3 20, 0.02734375, 0.0546875"
    })
    void ofTwoDirectionsCountsEverySwap(String one, String other, double greater, double twoSided) {
        SwapTest test = SwapTest.of(List.of(partition(one), partition(other)));
        assertEquals(greater, test.greater(), 1e-12);
        assertEquals(twoSided, test.twoSided(), 1e-12);
    }

    @Test
    void manyImagesCostLittle() {
        FourWayPartition large = new FourWayPartition(200_500, 100_000, 199_500, 500_000);
        SwapTest test = SwapTest.of(List.of(large, large));
        assertEquals(0.0127, test.greater(), 2e-4);
        assertTrue(test.twoSided() < 2 * test.greater() + 1e-9);
    }

    @Test
    void aScoreHasOneOrTwoDirections() {
        assertThrows(IllegalArgumentException.class, () -> SwapTest.of(List.of()));
    }

    private static FourWayPartition partition(String counts) {
        return FourWayPartition.ofCounts(Arrays.stream(counts.split(" ")).mapToInt(Integer::parseInt).toArray());
    }
}
