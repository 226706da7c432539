package dev.engram.encoders.eval;

import java.util.Arrays;

/**
 * The most frequent of some labels, the smallest on a tie.
 *
 * @param votes how often it is among them
 */
public record MajorityVote(int label, int votes) {
    /** @param labels at least one, none negative */
    public static MajorityVote of(int[] labels) {
        int[] votes = new int[Arrays.stream(labels).max().orElseThrow() + 1];
        for (int label : labels) {
            votes[label]++;
        }
        int best = 0;
        for (int label = 1; label < votes.length; label++) {
            if (votes[label] > votes[best]) {
                best = label;
            }
        }
        return new MajorityVote(best, votes[best]);
    }
}
