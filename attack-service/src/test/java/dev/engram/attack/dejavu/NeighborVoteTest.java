package dev.engram.attack.dejavu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighborVoteTest {

    /** Entropies in nats of these counts, as scipy.stats.entropy gives them. */
    @ParameterizedTest
    @CsvSource({
        "100 0 0, 0",
        "50 50 0, -0.69314718055994531",
        "60 30 10, -0.8979457248567797",
        "1 1 1, -1.09861228866810981"
    })
    void confidenceIsMinusTheEntropyInNats(String counts, double expected) {
        int[] votes = Arrays.stream(counts.split(" ")).mapToInt(Integer::parseInt).toArray();
        assertEquals(expected, NeighborVote.confidence(votes), 1e-15);
    }

    @Test
    void confidenceSpansFromAgreementToMinusLogK() {
        int[] twentyByFive = IntStream.generate(() -> 5).limit(20).toArray();
        assertEquals(-2.995732273553991, NeighborVote.confidence(twentyByFive), 1e-14);
        assertEquals(-Math.log(100), NeighborVote.of(IntStream.range(0, 100).toArray(), 100).confidence(), 1e-13);
        assertEquals(0.0, NeighborVote.of(new int[] {4, 4, 4}, 10).confidence());
    }

    @Test
    void ofEquallyVotedClassesTheSmallestIsPredicted() {
        NeighborVote vote = NeighborVote.of(new int[] {9, 7, 2, 7, 9, 2, 5}, 10);
        assertEquals(2, vote.prediction());
        assertEquals(List.of(2, 7, 9, 5), vote.ranking());
    }

    @Test
    void topFiveHoldsOnlyClassesWithVotes() {
        NeighborVote few = NeighborVote.of(new int[] {3, 3, 1}, 10);
        assertTrue(few.isTop1(3));
        assertTrue(few.isTop5(1));
        assertFalse(few.isTop1(1));
        assertFalse(few.isTop5(0));
        NeighborVote many = NeighborVote.of(new int[] {6, 5, 4, 3, 2, 1, 6}, 10);
        assertEquals(List.of(6, 1, 2, 3, 4), many.ranking());
    }

    @Test
    void ofAClassifierTheLargestLogitsCount() {
        NeighborVote vote = NeighborVote.ofLogits(new float[] {-1, 2.5f, 0, 2.5f, -3, 1, 0.5f});
        assertEquals(List.of(1, 3, 5, 6, 2), vote.ranking());
        assertEquals(2.5, vote.confidence());
    }

    @Test
    void needsANeighbor() {
        assertThrows(IllegalArgumentException.class, () -> NeighborVote.of(new int[0], 10));
    }
}
