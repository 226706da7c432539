package dev.engram.attack.dejavu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PublicLabelsTest {
    private static final List<String> NAMES = List.of("shirt", "bag", "boot");

    @Test
    void tellsWhatALazyAttackerReaches() {
        PublicLabels labels = labels(50, 30, 20);
        assertEquals(0.5, labels.majority());
        assertEquals(1.0 / 3, labels.chance());
    }

    @Test
    void neighborsDefaultToAQuarterOfTheSmallestClassAtMostOneHundred() {
        assertEquals(5, labels(50, 30, 20).neighbors(0));
        assertEquals(1, labels(50, 30, 3).neighbors(0));
        assertEquals(100, labels(900, 800, 700).neighbors(0));
        assertEquals(20, labels(50, 30, 20).neighbors(20));
    }

    @Test
    void refusesMoreNeighborsThanTheSmallestClassHas() {
        String message = refused(labels(50, 30, 20), 21);
        assertTrue(message.contains("k must be 1 to 20") && message.contains("boot") && message.contains("21"), message);
        refused(labels(50, 30, 20), -1);
    }

    @Test
    void refusesAPublicSetThatCannotName() {
        assertTrue(refused(labels(0, 0, 0), 0).contains("empty"));
        assertTrue(refused(labels(4, 0, 4), 0).contains("bag"));
    }

    private static String refused(PublicLabels labels, int k) {
        return assertThrows(IllegalArgumentException.class, () -> labels.neighbors(k)).getMessage();
    }

    private static PublicLabels labels(int... counts) {
        return new PublicLabels(
                IntStream.range(0, counts.length)
                        .flatMap(label -> IntStream.generate(() -> label).limit(counts[label]))
                        .toArray(),
                NAMES);
    }
}
