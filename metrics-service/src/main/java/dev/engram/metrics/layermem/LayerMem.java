package dev.engram.metrics.layermem;

import dev.engram.encoders.statistics.Bootstrap;
import dev.engram.encoders.statistics.Interval;
import dev.engram.encoders.statistics.TwoSampleTest.Alternative;
import dev.engram.encoders.statistics.TwoSampleTest;
import dev.engram.metrics.MeasuredLayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * LayerMem: the mean of a layer's SSLMem over a set of images (Eq. 3), for every layer and subset, with ΔLayerMem of the
 * candidates (Eq. 4) and the one-sided tests on the whole encoder's scores.
 *
 * @param rows one per layer, in forward order
 * @param tests SSLMem of the whole encoder, subset against subset; only subsets of two images and more
 * @param most positions in the table of the candidates with the highest SSLMem, highest first
 * @param least those with the lowest, lowest first
 */
public record LayerMem(List<Row> rows, List<SubsetComparison> tests, int[] most, int[] least) {
    public static final String CANDIDATE = "candidate";
    public static final String SHARED = "shared";
    public static final String INDEPENDENT = "independent";
    public static final String EXTERNAL = "external";
    /** As many as Table 1 ranks; of fewer than twice as many candidates a half, so that no image is among the most and the least. */
    public static final int RANKED = 50;

    /** The parts of the split that are measured. */
    public static final List<String> SUBSETS = List.of(CANDIDATE, SHARED, INDEPENDENT, EXTERNAL);

    /** One layer. */
    public record Row(
            MeasuredLayer layer,
            List<Subset> subsets,
            List<Difference> differences,
            OptionalDouble deltaConvolution,
            OptionalDouble deltaModule,
            OptionalDouble deltaBlock) {}

    /**
     * LayerMem of one layer over one subset.
     *
     * @param degenerate images both of whose distances are 0; they count with score 0
     */
    public record Subset(String name, Interval layerMem, int images, int degenerate) {}

    /** LayerMem of one layer over {@code subset} minus that over {@code against}. */
    public record Difference(String subset, String against, Interval layerMem) {}

    /** One test, {@code subset} against {@code against}. */
    public record SubsetComparison(String subset, String against, Alternative alternative, TwoSampleTest test) {}

    /** Everything that follows from the table. */
    public static LayerMem of(SslMemTable table, Bootstrap bootstrap) {
        int ranked = Math.min(RANKED, table.positions(CANDIDATE).length / 2);
        int[] most = Ranking.most(table, ranked);
        int[] least = Ranking.least(table, ranked);
        Map<String, int[]> subsets = new LinkedHashMap<>();
        for (String subset : SUBSETS) {
            subsets.put(subset, table.positions(subset));
        }
        subsets.put("top50", most);
        subsets.put("least50", least);
        subsets.values().removeIf(positions -> positions.length == 0);
        return new LayerMem(rows(table, subsets, bootstrap), tests(table, subsets), most, least);
    }

    private static List<Row> rows(SslMemTable table, Map<String, int[]> subsets, Bootstrap bootstrap) {
        int layers = table.layers().size();
        List<List<Subset>> scores = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            scores.add(new ArrayList<>());
        }
        double[] candidates = new double[layers];
        subsets.forEach((name, positions) -> {
            Interval[] intervals = bootstrap.means(columns(table, positions));
            for (int layer = 0; layer < layers; layer++) {
                scores.get(layer)
                        .add(new Subset(
                                name, intervals[layer], positions.length, table.degenerate(layer, positions)));
                if (name.equals(CANDIDATE)) {
                    candidates[layer] = intervals[layer].mean();
                }
            }
        });
        List<List<Difference>> differences = differences(table, subsets, bootstrap);
        OptionalDouble[] convolution = LayerDeltas.againstConvolution(table.layers(), candidates);
        OptionalDouble[] module = LayerDeltas.againstModule(table.layers(), candidates);
        OptionalDouble[] block = LayerDeltas.againstBlock(table.layers(), candidates);
        List<Row> rows = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            rows.add(new Row(
                    table.layers().get(layer),
                    List.copyOf(scores.get(layer)),
                    List.copyOf(differences.get(layer)),
                    convolution[layer],
                    module[layer],
                    block[layer]));
        }
        return List.copyOf(rows);
    }

    /** Of each layer, what the candidates have beyond images that neither saw, then beyond those that both saw. */
    private static List<List<Difference>> differences(
            SslMemTable table, Map<String, int[]> subsets, Bootstrap bootstrap) {
        List<List<Difference>> differences = new ArrayList<>();
        table.layers().forEach(_ -> differences.add(new ArrayList<>()));
        int[] candidates = subsets.getOrDefault(CANDIDATE, new int[0]);
        for (String against : List.of(EXTERNAL, SHARED)) {
            int[] others = subsets.getOrDefault(against, new int[0]);
            if (candidates.length == 0 || others.length == 0) {
                continue;
            }
            Interval[] intervals = bootstrap.differences(columns(table, candidates), columns(table, others));
            for (int layer = 0; layer < intervals.length; layer++) {
                differences.get(layer).add(new Difference(CANDIDATE, against, intervals[layer]));
            }
        }
        return differences;
    }

    private static double[][] columns(SslMemTable table, int[] positions) {
        double[][] columns = new double[table.layers().size()][];
        for (int layer = 0; layer < columns.length; layer++) {
            columns[layer] = table.scores(layer, positions);
        }
        return columns;
    }

    private static List<SubsetComparison> tests(SslMemTable table, Map<String, int[]> subsets) {
        List<SubsetComparison> tests = new ArrayList<>();
        compare(table, subsets, CANDIDATE, SHARED, Alternative.GREATER, tests);
        compare(table, subsets, CANDIDATE, INDEPENDENT, Alternative.GREATER, tests);
        compare(table, subsets, CANDIDATE, EXTERNAL, Alternative.GREATER, tests);
        compare(table, subsets, SHARED, INDEPENDENT, Alternative.GREATER, tests);
        compare(table, subsets, EXTERNAL, INDEPENDENT, Alternative.GREATER, tests);
        compare(table, subsets, SHARED, EXTERNAL, Alternative.TWO_SIDED, tests);
        return List.copyOf(tests);
    }

    private static void compare(
            SslMemTable table,
            Map<String, int[]> subsets,
            String first,
            String second,
            Alternative alternative,
            List<SubsetComparison> tests) {
        int[] one = subsets.getOrDefault(first, new int[0]);
        int[] other = subsets.getOrDefault(second, new int[0]);
        if (one.length < 2 || other.length < 2) {
            return;
        }
        int layer = table.wholeEncoder();
        TwoSampleTest test = TwoSampleTest.of(table.scores(layer, one), table.scores(layer, other), alternative);
        tests.add(new SubsetComparison(first, second, alternative, test));
    }
}
