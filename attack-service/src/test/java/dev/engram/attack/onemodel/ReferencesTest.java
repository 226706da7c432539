package dev.engram.attack.onemodel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.attack.dejavu.NeighborVote;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.eval.FeatureMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferencesTest {

    /** Three crops vote 0, 0 and 1; with one vote more for each of four classes the shares are 3/7, 2/7, 1/7 and 1/7. */
    @Test
    void everyClassHasOneVoteMoreThanItsNearestCrops() {
        TorchEngine.start(1);
        FeatureMatrix seen = FeatureMatrix.of(new float[][] {{0}, {1}, {2}});
        List<NeighborVote> guesses =
                References.nearestCrops(seen, new int[] {0, 1, 0}, FeatureMatrix.of(new float[][] {{0.1f}, {9}}), 4, 1, () -> {});
        double entropy = -(3 / 7.0 * Math.log(3 / 7.0) + 2 / 7.0 * Math.log(2 / 7.0) + 2 * (1 / 7.0) * Math.log(1 / 7.0));
        assertEquals(2, guesses.size());
        for (NeighborVote guess : guesses) {
            assertEquals(List.of(0, 1, 2, 3), guess.ranking());
            assertEquals(-entropy, guess.confidence(), 1e-12);
        }
    }
}
