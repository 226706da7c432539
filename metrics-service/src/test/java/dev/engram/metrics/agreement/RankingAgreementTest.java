package dev.engram.metrics.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingAgreementTest {
    private static final int[] IDS = IntStream.range(0, 2000).toArray();

    /** Top sets that hold most of the images would agree whatever the scores. */
    @Test
    void usuallyAHundredOrATenthOfFew() {
        assertEquals(100, RankingAgreement.usualTop(5000));
        assertEquals(100, RankingAgreement.usualTop(200));
        assertEquals(19, RankingAgreement.usualTop(199));
        assertEquals(1, RankingAgreement.usualTop(2));
    }

    @Test
    void theSameScoresAgreeInEverything() {
        double[] scores = random(1);
        RankingAgreement same = agreement(scores, scores, 100);
        assertEquals(100, same.common());
        assertEquals(1, same.overlap());
        assertEquals(1, same.all().value());
        assertEquals(1, same.union().value());
        assertEquals(100, same.unionSize());
    }

    /** Top sets {0, 1, 2} and {1, 2, 3}: 2 common, 4 together; over these the scores (4, 3, 2, 1) and (1, 4, 3, 2) agree in 3 of 6 pairs. */
    @Test
    void byHand() {
        double[] first = {4, 3, 2, 1, 0, -1};
        double[] second = {1, 4, 3, 2, 0, -1};
        RankingAgreement found = agreement(first, second, 3);
        assertEquals(2, found.common());
        assertEquals(2 / 3.0, found.overlap());
        assertEquals(4, found.unionSize());
        assertEquals(0, found.union().value());
        assertEquals((12 - 3) / 15.0, found.all().value(), 1e-15);
    }

    /** Why tau over the union is not a test of independence. */
    @Test
    void theUnionOfIndependentScoresDisagrees() {
        RankingAgreement independent = agreement(random(2), random(3), 100);
        assertTrue(Math.abs(independent.all().value()) < 0.05, independent.toString());
        assertTrue(independent.union().value() < -0.3, independent.toString());
        assertTrue(independent.union().p() < 1e-6, independent.toString());
    }

    @Test
    void equalScoresGoToTheSmallestIds() {
        assertEquals(Set.of(1, 2), RankingAgreement.top(new double[] {5, 5, 5}, new int[] {9, 3, 7}, 2));
    }

    @Test
    void oneImageHasNoTau() {
        RankingAgreement found = agreement(new double[] {2, 1}, new double[] {2, 1}, 1);
        assertEquals(1, found.unionSize());
        assertTrue(Double.isNaN(found.union().value()));
        assertEquals(1, found.all().value());
    }

    @Test
    void sizesThatMakeNoSense() {
        assertThrows(IllegalArgumentException.class, () -> RankingAgreement.top(new double[3], new int[3], 4));
        assertThrows(IllegalArgumentException.class, () -> RankingAgreement.top(new double[3], new int[3], 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> RankingAgreement.of(new double[2], Set.of(0), new double[2], Set.of(0, 1)));
    }

    private static RankingAgreement agreement(double[] first, double[] second, int top) {
        return RankingAgreement.of(
                first, RankingAgreement.top(first, IDS, top), second, RankingAgreement.top(second, IDS, top));
    }

    private static double[] random(long seed) {
        return new Random(seed).doubles(IDS.length).toArray();
    }
}
