package dev.engram.attack.dejavu;

import java.util.List;

/**
 * Whether the score differs from 0: the exact permutation test that swaps target and reference on single images.
 *
 * <p>If seeing an image makes no difference, an image that one encoder names rightly and the other wrongly is memorized or misrepresented
 * with equal chance. So of the D discordant images of a direction Binomial(D, ½) are memorized, and the score's distribution under all 2^D
 * swaps follows in closed form, with nothing drawn at random (E. S. Edgington, "Randomization Tests", 1980; with one direction it is
 * McNemar's exact test). Scores are compared in whole numbers, so equal ones are equal. Cost: O(D).
 *
 * @param greater chance of a score at least as large as the one seen
 * @param twoSided chance of one at least as far from 0
 */
public record SwapTest(double greater, double twoSided) {

    /** @param directions one or two, whose mean is the score */
    public static SwapTest of(List<FourWayPartition> directions) {
        if (directions.isEmpty() || directions.size() > 2) {
            throw new IllegalArgumentException("a score has one or two directions, not " + directions.size());
        }
        FourWayPartition one = directions.getFirst();
        FourWayPartition other = directions.size() == 2 ? directions.getLast() : new FourWayPartition(0, 0, 0, 1);
        long seen = Math.addExact(scaled(one, other.images()), scaled(other, one.images()));
        return new SwapTest(tail(one, other, seen), Math.min(1, 2 * tail(one, other, Math.abs(seen))));
    }

    /** (memorized - misrepresented) · images of the other direction: what the direction adds to the score, in whole numbers. */
    private static long scaled(FourWayPartition partition, long others) {
        return (partition.memorized() - partition.misrepresented()) * others;
    }

    /** Chance that the sum over both directions is at least {@code least}. */
    private static double tail(FourWayPartition one, FourWayPartition other, long least) {
        FairCoins first = new FairCoins(discordant(one));
        FairCoins second = new FairCoins(discordant(other));
        double sum = 0;
        for (int heads = 0; heads <= first.tosses(); heads++) {
            long missing = least - (2L * heads - first.tosses()) * other.images();
            long secondDifference = Math.ceilDiv(missing, (long) one.images());
            sum += first.chance(heads) * second.chanceOfAtLeast(Math.ceilDiv(secondDifference + second.tosses(), 2L));
        }
        return Math.min(1, sum);
    }

    private static int discordant(FourWayPartition partition) {
        return partition.memorized() + partition.misrepresented();
    }
}
