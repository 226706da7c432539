package dev.engram.metrics.replicates;

import dev.engram.metrics.MeasuredLayer;
import dev.engram.metrics.agreement.RankingAgreement;
import dev.engram.metrics.layermem.LayerMem;
import dev.engram.metrics.layermem.SslMemTable;
import dev.engram.v1.SeedAgreement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether trainings by different seeds memorize the same candidates (Table 28): of every layer, overlap of the most memorized and Kendall's tau
 * over all pairs of seeds. O(S² N log N) a layer for S seeds and N candidates.
 */
final class SeedAgreements {
    private SeedAgreements() {}

    /**
     * @param tables one for each seed, of the same rows
     * @return one a row; empty if fewer than 2 candidates are in all of them
     */
    static List<SeedAgreement> of(List<SslMemTable> tables) {
        int[] ids = common(tables);
        List<SeedAgreement> rows = new ArrayList<>();
        for (int layer = 0; layer < tables.getFirst().layers().size() && ids.length >= 2; layer++) {
            rows.add(row(tables, layer, ids));
        }
        return rows;
    }

    private static SeedAgreement row(List<SslMemTable> tables, int layer, int[] ids) {
        int top = RankingAgreement.usualTop(ids.length);
        List<double[]> scores = tables.stream().map(table -> scores(table, layer, ids)).toList();
        List<Set<Integer>> tops = scores.stream().map(seed -> RankingAgreement.top(seed, ids, top)).toList();
        DoubleSummaryStatistics overlap = new DoubleSummaryStatistics();
        DoubleSummaryStatistics tau = new DoubleSummaryStatistics();
        for (int i = 0; i < tables.size(); i++) {
            for (int j = i + 1; j < tables.size(); j++) {
                RankingAgreement found = RankingAgreement.of(scores.get(i), tops.get(i), scores.get(j), tops.get(j));
                overlap.accept(found.overlap());
                tau.accept(found.all().value());
            }
        }
        MeasuredLayer place = tables.getFirst().layers().get(layer);
        return SeedAgreement.newBuilder()
                .setLayer(place.layer())
                .setPoint(place.point())
                .setDepth(place.depth())
                .setOverlap(overlap.getAverage())
                .setOverlapMin(overlap.getMin())
                .setOverlapMax(overlap.getMax())
                .setTau(tau.getAverage())
                .setTauMin(tau.getMin())
                .setTauMax(tau.getMax())
                .setTop(top)
                .setImages(ids.length)
                .build();
    }

    /** Ids of the candidates that all tables have, ascending. */
    private static int[] common(List<SslMemTable> tables) {
        Set<Integer> common = new HashSet<>(candidates(tables.getFirst()).keySet());
        tables.forEach(table -> common.retainAll(candidates(table).keySet()));
        return common.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private static double[] scores(SslMemTable table, int layer, int[] ids) {
        TreeMap<Integer, Integer> positions = candidates(table);
        return Arrays.stream(ids).mapToDouble(id -> table.at(layer, positions.get(id)).score()).toArray();
    }

    /** From image id to position. */
    private static TreeMap<Integer, Integer> candidates(SslMemTable table) {
        TreeMap<Integer, Integer> positions = new TreeMap<>();
        for (int position : table.positions(LayerMem.CANDIDATE)) {
            positions.put(table.imageIds()[position], position);
        }
        return positions;
    }
}
