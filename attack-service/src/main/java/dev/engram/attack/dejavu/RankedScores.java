package dev.engram.attack.dejavu;

import java.util.Arrays;

/**
 * How well a score tells members from non-members: what is at least some threshold is called a member. Ranks are computed once, so
 * that resamples cost no sorting.
 */
final class RankedScores {
    private final int ranks;
    private final int[] members;
    private final int[] nonMembers;

    /** Both with at least one value, none NaN; higher is more like a member. */
    RankedScores(double[] members, double[] nonMembers) {
        double[] distinct = Arrays.stream(new double[][] {members, nonMembers})
                .flatMapToDouble(Arrays::stream)
                .map(value -> value + 0.0)
                .sorted()
                .distinct()
                .toArray();
        this.ranks = distinct.length;
        this.members = ranks(distinct, members);
        this.nonMembers = ranks(distinct, nonMembers);
    }

    /** @param times how often each value counts, in the order given */
    Roc roc(int[] memberTimes, int[] nonMemberTimes) {
        return new Roc(counts(members, memberTimes), counts(nonMembers, nonMemberTimes));
    }

    private int[] counts(int[] values, int[] times) {
        int[] counts = new int[ranks];
        for (int i = 0; i < values.length; i++) {
            counts[values[i]] += times[i];
        }
        return counts;
    }

    /** -0.0 and 0.0 are one score. */
    private static int[] ranks(double[] distinct, double[] values) {
        return Arrays.stream(values).mapToInt(value -> Arrays.binarySearch(distinct, value + 0.0)).toArray();
    }

    /** By ascending rank, how many members and non-members have it. */
    record Roc(int[] members, int[] nonMembers) {

        /** Chance that a member scores above a non-member, equal scores counting half (the Mann-Whitney statistic). */
        double auc() {
            long below = 0;
            double sum = 0;
            for (int rank = 0; rank < members.length; rank++) {
                sum += members[rank] * (below + nonMembers[rank] / 2.0);
                below += nonMembers[rank];
            }
            return sum / total(members) / below;
        }

        /** Share of members found by the lowest threshold that calls at most that share of non-members so; equal scores are never parted. */
        double truePositives(double falsePositives) {
            long allowed = (long) Math.floor(falsePositives * total(nonMembers) + 1e-9);
            long wrong = 0;
            long right = 0;
            for (int rank = members.length - 1; rank >= 0; rank--) {
                wrong += nonMembers[rank];
                if (wrong > allowed) {
                    break;
                }
                right += members[rank];
            }
            return (double) right / total(members);
        }

        private static long total(int[] counts) {
            return Arrays.stream(counts).asLongStream().sum();
        }
    }
}
