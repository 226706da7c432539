package dev.engram.encoders.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionIntervalTest {
    /** scipy.stats.binomtest(k, n).proportion_ci(0.95, 'wilson'). */
    @ParameterizedTest
    @CsvSource({
        "0, 10, 0, 0.27753279986288926",
        "7, 20, 0.1811918241010821, 0.5671457233147637",
        "802, 1000, 0.7761662003058549, 0.8255224375688697",
        "50, 50, 0.9286524008666412, 1"
    })
    void wilsonsScore(int hits, int n, double low, double high) {
        ProportionInterval interval = ProportionInterval.of((double) hits / n, n);
        assertEquals(low, interval.low(), 1e-12);
        assertEquals(high, interval.high(), 1e-12);
    }

    /** The first example of Newcombe 1998, Table II: 56/70 and 48/80, method 10. */
    @Test
    void differenceOfTwo() {
        ProportionInterval difference = ProportionInterval.of(56 / 70.0, 70).minus(ProportionInterval.of(48 / 80.0, 80));
        assertEquals(0.2, difference.value(), 1e-12);
        assertEquals(0.0524, difference.low(), 5e-5);
        assertEquals(0.3339, difference.high(), 5e-5);
    }

    @Test
    void whatIsNoShareIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ProportionInterval.of(0.5, 0));
        assertThrows(IllegalArgumentException.class, () -> ProportionInterval.of(1.5, 2));
        assertThrows(IllegalArgumentException.class, () -> ProportionInterval.of(Double.NaN, 2));
    }
}
