package dev.engram.runs.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeriesThinnerTest {

    @Test
    void shortSeriesAreKeptWhole() {
        SeriesThinner thinner = new SeriesThinner(100);
        assertEquals(100, LongStream.range(0, 100).filter(thinner::accept).count());
    }

    @Test
    void longSeriesGrowWithTheirLogarithm() {
        SeriesThinner thinner = new SeriesThinner(100);
        // 100 at distance 1, 100 at 2, 100 at 4, ...: 100·(2^k - 1) steps need k hundreds.
        assertEquals(1000, LongStream.range(0, 100 * 1023).filter(thinner::accept).count(), 1);
    }

    @Test
    void stepsThatDoNotGrowAreNotKept() {
        SeriesThinner thinner = new SeriesThinner(10);
        assertTrue(thinner.accept(5));
        assertFalse(thinner.accept(5));
        assertFalse(thinner.accept(4));
        assertTrue(thinner.accept(6));
    }
}
