package dev.engram.attack.dejavu;

/**
 * How many of n tosses of a fair coin are heads: the binomial distribution with p = ½. Ratios of neighbouring chances are
 * simple fractions, so it is built outwards from the middle and made to sum to 1. Cost: O(n).
 */
final class FairCoins {
    private final double[] chances;
    private final double[] tails;

    /** @param tosses at least 0 */
    FairCoins(int tosses) {
        chances = new double[tosses + 1];
        int middle = tosses / 2;
        chances[middle] = 1;
        for (int heads = middle; heads < tosses; heads++) {
            chances[heads + 1] = chances[heads] * (tosses - heads) / (heads + 1);
        }
        for (int heads = middle; heads > 0; heads--) {
            chances[heads - 1] = chances[heads] * heads / (tosses - heads + 1);
        }
        tails = new double[tosses + 2];
        for (int heads = tosses; heads >= 0; heads--) {
            tails[heads] = tails[heads + 1] + chances[heads];
        }
        double all = tails[0];
        for (int heads = 0; heads <= tosses; heads++) {
            chances[heads] /= all;
            tails[heads] /= all;
        }
    }

    int tosses() {
        return chances.length - 1;
    }

    double chance(int heads) {
        return chances[heads];
    }

    /** Chance of so many heads or more; 1 below 0, 0 above the tosses. */
    double chanceOfAtLeast(long heads) {
        if (heads <= 0) {
            return 1;
        }
        return heads > tosses() ? 0 : Math.min(1, tails[(int) heads]);
    }
}
