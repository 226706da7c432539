package dev.engram.encoders.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.method.BatchNeeds;
import dev.engram.encoders.method.ViewNeeds;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepDrawsTest {
    private static final BatchNeeds NEEDS = new BatchNeeds(
            3, List.of(new ViewNeeds(2, 8, 4, 6), ViewNeeds.of(1, 8), new ViewNeeds(3, 4, 0, 6)), false);

    @Test
    void groupsInOrderAndAnOrderBeforeNumbers() {
        try (Scope scope = Scope.open()) {
            List<Tensor> draws = new StepDraws(1).draw(scope, NEEDS, 0, new int[] {3, 5}, new int[2]);
            assertEquals(3, draws.size());
            assertArrayEquals(new long[] {4, 4}, draws.get(0).shape());
            assertArrayEquals(new long[] {4, 6}, draws.get(1).shape());
            assertArrayEquals(new long[] {6, 6}, draws.get(2).shape());
            for (float chance : draws.get(2).floats()) {
                assertTrue(chance >= 0 && chance < 1, "" + chance);
            }
        }
    }

    @Test
    void anImagesDrawsDependOnNothingButItsEpochGroupAndView() {
        try (Scope scope = Scope.open()) {
            StepDraws draws = new StepDraws(7);
            List<Tensor> small = draws.draw(scope, NEEDS, 2, new int[] {9, 4}, new int[2]);
            List<Tensor> large = draws.draw(scope, NEEDS, 2, new int[] {1, 4, 8}, new int[3]);
            for (int view = 0; view < 3; view++) {
                assertArrayEquals(row(small.get(2), 2 * view + 1), row(large.get(2), 3 * view + 1));
            }
            assertFalse(Arrays.equals(row(small.get(2), 1), row(small.get(2), 3)), "views differ");
            assertFalse(Arrays.equals(row(small.get(2), 1), row(small.get(1), 1)), "groups differ");
            float[] later = draws.draw(scope, NEEDS, 3, new int[] {9, 4}, new int[2]).get(2).floats();
            assertFalse(Arrays.equals(small.get(2).floats(), later), "epochs differ");
        }
    }

    @Test
    void everyVisitOfAnImageHasDrawsOfItsOwn() {
        try (Scope scope = Scope.open()) {
            StepDraws draws = new StepDraws(7);
            Tensor both = draws.draw(scope, NEEDS, 2, new int[] {4, 4}, new int[] {0, 1}).get(2);
            Tensor second = draws.draw(scope, NEEDS, 2, new int[] {9, 4}, new int[] {0, 1}).get(2);
            assertFalse(Arrays.equals(row(both, 0), row(both, 1)), "visits differ");
            assertArrayEquals(row(both, 1), row(second, 1));
        }
    }

    @Test
    void aBatchWithoutImagesDrawsNothing() {
        try (Scope scope = Scope.open()) {
            List<Tensor> draws = new StepDraws(1).draw(scope, NEEDS, 0, new int[0], new int[0]);
            assertArrayEquals(new long[] {0, 4}, draws.get(0).shape());
            assertArrayEquals(new long[] {0, 6}, draws.get(2).shape());
        }
    }

    private static float[] row(Tensor draws, int row) {
        return Arrays.copyOfRange(draws.floats(), 6 * row, 6 * row + 6);
    }
}
