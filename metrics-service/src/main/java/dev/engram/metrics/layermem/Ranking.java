package dev.engram.metrics.layermem;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The most and the least memorized candidates, by SSLMem of the whole encoder for every layer alike (Table 1 of the paper);
 * equal scores in the order of their ids, smallest first.
 */
public final class Ranking {
    private Ranking() {}

    /** Positions of the {@code count} (or fewer, if there are not so many) candidates with the highest SSLMem, highest first. */
    public static int[] most(SslMemTable table, int count) {
        return ranked(table, count, Comparator.comparingDouble(i -> -score(table, i)));
    }

    /** Positions of the {@code count} candidates with the lowest SSLMem, lowest first. */
    public static int[] least(SslMemTable table, int count) {
        return ranked(table, count, Comparator.comparingDouble(i -> score(table, i)));
    }

    private static int[] ranked(SslMemTable table, int count, Comparator<Integer> order) {
        return IntStream.of(table.positions(LayerMem.CANDIDATE))
                .boxed()
                .sorted(order.thenComparing(i -> table.imageIds()[i]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double score(SslMemTable table, int image) {
        return table.at(table.wholeEncoder(), image).score();
    }
}
