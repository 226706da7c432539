package dev.engram.metrics.intervention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerSetsTest {
    @Test
    void everySetOnceBySizeAndThenInOrder() {
        assertEquals(
                List.of(List.of(), List.of(0), List.of(1), List.of(2), List.of(0, 1), List.of(0, 2), List.of(1, 2), List.of(0, 1, 2)),
                LayerSets.upTo(3, 3));
        List<List<Integer>> eight = LayerSets.upTo(3, 8);
        assertEquals(1 + 8 + 28 + 56, eight.size(), "Tables 30, 32 and 33 of the paper");
        assertEquals(eight.size(), new HashSet<>(eight).size());
    }

    @Test
    void theirNumberIsKnownBefore() {
        for (int things = 1; things <= 9; things++) {
            for (int largest = 1; largest <= 3; largest++) {
                assertEquals(LayerSets.upTo(largest, things).size(), LayerSets.count(largest, things));
            }
        }
    }
}
