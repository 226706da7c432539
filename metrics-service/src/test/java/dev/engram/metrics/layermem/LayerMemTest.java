package dev.engram.metrics.layermem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import dev.engram.encoders.statistics.Bootstrap;
import dev.engram.encoders.statistics.TwoSampleTest;
import dev.engram.encoders.statistics.TwoSampleTest.Alternative;
import dev.engram.metrics.MeasuredLayer;
import dev.engram.metrics.layermem.LayerMem.Row;
import dev.engram.metrics.layermem.LayerMem.Subset;
import dev.engram.metrics.layermem.LayerMem.SubsetComparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LayerMemTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(0, 200);
    private static final List<MeasuredLayer> LAYERS = List.of(
            new MeasuredLayer("prep.conv", "conv", 1),
            new MeasuredLayer("prep.batch", "norm", 1),
            new MeasuredLayer("prep.pool", "pool", 1),
            new MeasuredLayer("layer1.conv", "conv", 2),
            new MeasuredLayer("layer1", "add", 2),
            new MeasuredLayer("layer2.conv", "conv", 3));

    /** Table 1 takes the difference against the previous convolution or residual sum, Table 18 against the previous row. */
    @Test
    void deltasOfBothTables() {
        double[] layerMem = {0.091, 0.092, 0.097, 0.123, 0.125, 0.160};
        double[] module = values(LayerDeltas.againstModule(LAYERS, layerMem));
        assertArrayEquals(new double[] {Double.NaN, 0.001, 0.005, 0.026, 0.002, 0.035}, module, 1e-12);
        double[] convolution = values(LayerDeltas.againstConvolution(LAYERS, layerMem));
        assertArrayEquals(
                new double[] {Double.NaN, Double.NaN, Double.NaN, 0.032, 0.002, 0.035}, convolution, 1e-12);
    }

    /** Blocks 1 and 2 of the paper's Table 10. */
    @Test
    void deltasOfATransformersBlocks() {
        List<MeasuredLayer> layers = new ArrayList<>(List.of(new MeasuredLayer("pos_drop", "embedding", 1)));
        for (int block = 0; block < 2; block++) {
            layers.add(new MeasuredLayer("blocks." + block + ".attn.proj", "linear", 2));
            layers.add(new MeasuredLayer("blocks." + block + ".add", "add", 2));
            layers.add(new MeasuredLayer("blocks." + block + ".norm2", "norm", 2));
            layers.add(new MeasuredLayer("blocks." + block + ".mlp.fc2", "linear", 3));
            layers.add(new MeasuredLayer("blocks." + block + ".add_1", "add", 3));
        }
        double none = Double.NaN;
        double[] layerMem = {0.001, 0.006, 0.007, 0.007, 0.020, 0.022, 0.028, 0.028, 0.028, 0.039, 0.040};
        assertArrayEquals(
                new double[] {none, none, none, none, 0.013, none, 0.006, none, none, 0.011, 0.018},
                values(LayerDeltas.againstBlock(layers, layerMem)),
                1e-12);
        assertTrue(Arrays.stream(values(LayerDeltas.againstBlock(LAYERS, new double[LAYERS.size()]))).allMatch(Double::isNaN));
    }

    /** Differences 0.4, 0 and -0.1 have the range 0.5. */
    @Test
    void thePublishedCodesNormalizationDividesByTheRange() {
        SslMemTable ratio = new SslMemTable(
                List.of(LAYERS.getFirst()),
                new int[] {1, 2, 3},
                new String[] {"candidate", "candidate", "shared"},
                new double[][] {{0.2, 0.5, 0.3}},
                new double[][] {{0.6, 0.5, 0.2}});
        SslMemTable range = ratio.byRange();
        assertTrue(range.isByRange() && !ratio.isByRange());
        assertEquals(0.8, range.at(0, 0).score(), 1e-12);
        assertEquals(0, range.at(0, 1).score());
        assertEquals(-0.2, range.at(0, 2).score(), 1e-12);
        assertEquals(0.5, ratio.at(0, 0).score(), 1e-12);
        SslMemTable flat = new SslMemTable(
                List.of(LAYERS.getFirst()), new int[] {1}, new String[] {"shared"}, new double[][] {{0.2}}, new double[][] {{0.6}});
        assertEquals(0, flat.byRange().at(0, 0).score());
    }

    @Test
    void deltasTelescope() {
        LayerMem result = LayerMem.of(table(30, 4), BOOTSTRAP);
        double sum = result.rows().stream().mapToDouble(row -> row.deltaModule().orElse(0)).sum();
        double sumOfConvolutions =
                result.rows().stream().mapToDouble(row -> row.deltaConvolution().orElse(0)).sum();
        double expected = candidate(result.rows().getLast()) - candidate(result.rows().getFirst());
        assertEquals(expected, sum, 1e-12);
        assertEquals(expected, sumOfConvolutions, 1e-12);
    }

    @Test
    void meanOfTheRatiosNotRatioOfTheMeans() {
        SslMemTable table = new SslMemTable(
                List.of(LAYERS.getFirst()),
                new int[] {1, 2},
                new String[] {"candidate", "candidate"},
                new double[][] {{0.2, 0.5}},
                new double[][] {{0.6, 0.5}});
        Subset subset = LayerMem.of(table, BOOTSTRAP).rows().getFirst().subsets().getFirst();
        assertEquals("candidate", subset.name());
        assertEquals(0.25, subset.layerMem().mean(), 1e-15);
        assertEquals(2, subset.images());
    }

    @Test
    void agreesWithANaiveLoop() {
        SslMemTable table = table(120, 9);
        LayerMem result = LayerMem.of(table, BOOTSTRAP);
        for (int layer = 0; layer < LAYERS.size(); layer++) {
            for (Subset subset : result.rows().get(layer).subsets()) {
                double sum = 0;
                int count = 0;
                for (int i = 0; i < table.imageIds().length; i++) {
                    if (table.subsets()[i].equals(subset.name())) {
                        double f = table.candidate()[layer][i];
                        double g = table.reference()[layer][i];
                        sum += (g - f) / (g + f);
                        count++;
                    }
                }
                if (count > 0) {
                    assertEquals(sum / count, subset.layerMem().mean(), 1e-12);
                    assertEquals(count, subset.images());
                    assertTrue(subset.layerMem().low() <= subset.layerMem().mean());
                    assertTrue(subset.layerMem().mean() <= subset.layerMem().high());
                }
            }
        }
    }

    @Test
    void topAndLeastAreRankedByTheWholeEncoderWithTiesById() {
        int images = 130;
        double[][] f = new double[2][images];
        double[][] g = new double[2][images];
        int[] ids = new int[images];
        String[] subsets = new String[images];
        for (int i = 0; i < images; i++) {
            ids[i] = 1000 - i;
            subsets[i] = i < 120 ? "candidate" : "shared";
            f[0][i] = 1 + i;
            g[0][i] = 1;
            f[1][i] = 1;
            g[1][i] = 1 + i / 2;
        }
        SslMemTable table = new SslMemTable(LAYERS.subList(0, 2), ids, subsets, f, g);
        LayerMem result = LayerMem.of(table, BOOTSTRAP);
        assertEquals(50, result.most().length);
        assertArrayEquals(new int[] {119, 118, 117, 116}, Arrays.copyOf(result.most(), 4));
        assertArrayEquals(new int[] {1, 0, 3, 2}, Arrays.copyOf(result.least(), 4));
        Subset top = subset(result.rows().getFirst(), "top50");
        Subset least = subset(result.rows().getFirst(), "least50");
        assertTrue(top.layerMem().mean() < least.layerMem().mean(), "ranked by the last layer, not by each layer");
        assertEquals(50, top.images());
    }

    @Test
    void candidatesAboveTheRestAreSeen() {
        LayerMem result = LayerMem.of(table(400, 1), BOOTSTRAP);
        SubsetComparison shared = comparison(result, "candidate", "shared");
        assertEquals(Alternative.GREATER, shared.alternative());
        assertTrue(shared.test().p() < 1e-6);
        assertTrue(shared.test().effect() > 0.5);
        assertTrue(comparison(result, "candidate", "independent").test().p() < 1e-6);
        assertTrue(comparison(result, "candidate", "external").test().p() < 1e-6);
        assertTrue(comparison(result, "external", "independent").test().p() < 1e-6);
        SubsetComparison control = comparison(result, "shared", "external");
        assertEquals(Alternative.TWO_SIDED, control.alternative());
        assertTrue(control.test().p() > 0.001);
    }

    /** Every test of a result with its tail; t and p of Student, p of Welch by scipy.stats.ttest_ind on the same values (scipy 1.17). */
    @Test
    void everySubsetIsTestedAgainstTheOthersByItsOwnTail() {
        double[][] scores = {{0.30, 0.10, 0.25, 0.20}, {0.05, 0.12, -0.02, 0.10}, {-0.1, 0.02, -0.05}, {0.03, 0.08, 0.11}};
        List<String> names = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        for (int subset = 0; subset < scores.length; subset++) {
            for (double score : scores[subset]) {
                names.add(LayerMem.SUBSETS.get(subset));
                all.add(score);
            }
        }
        SslMemTable table = new SslMemTable(
                List.of(LAYERS.getFirst()),
                IntStream.range(0, all.size()).toArray(),
                names.toArray(String[]::new),
                new double[][] {all.stream().mapToDouble(score -> 1 - score).toArray()},
                new double[][] {all.stream().mapToDouble(score -> 1 + score).toArray()});
        List<SubsetComparison> tests = LayerMem.of(table, BOOTSTRAP).tests();
        assertEquals(
                List.of(
                        "candidate shared GREATER",
                        "candidate independent GREATER",
                        "candidate external GREATER",
                        "shared independent GREATER",
                        "external independent GREATER",
                        "shared external TWO_SIDED"),
                tests.stream().map(test -> test.subset() + " " + test.against() + " " + test.alternative()).toList());
        double[][] expected = {
            {2.8368450812307557, 0.014844828006114119, 0.01636795907506102},
            {4.387595086723785, 0.003551929925947244, 0.002804727120444155},
            {2.569595708145406, 0.025029936535173478, 0.020192529022841212},
            {2.251334285481942, 0.037076378247707556, 0.03910730949369911},
            {2.7844504946150552, 0.024796184085653764, 0.02887884510069722},
            {-0.25947121752534663, 0.8056163333413903, 0.7921370947191648}
        };
        for (int i = 0; i < expected.length; i++) {
            TwoSampleTest test = tests.get(i).test();
            assertArrayEquals(expected[i], new double[] {test.t(), test.p(), test.welchP()}, 1e-9);
        }
    }

    @Test
    void anEncoderComparedWithItselfScoresZero() {
        SslMemTable random = table(80, 2);
        SslMemTable same = new SslMemTable(
                random.layers(), random.imageIds(), random.subsets(), random.candidate(), random.candidate());
        LayerMem result = LayerMem.of(same, BOOTSTRAP);
        result.rows().forEach(row -> row.subsets().forEach(subset -> {
            assertEquals(0, subset.layerMem().mean());
            assertEquals(0, subset.layerMem().low());
            assertEquals(0, subset.layerMem().high());
        }));
        result.tests().forEach(test -> assertTrue(test.test().p() >= 0.5));
    }

    @Test
    void collapsedImagesCountWithScoreZeroAndAreCounted() {
        SslMemTable table = new SslMemTable(
                List.of(LAYERS.getFirst()),
                new int[] {1, 2, 3, 4},
                new String[] {"candidate", "candidate", "external", "external"},
                new double[][] {{0, 0.2, 1, 1}},
                new double[][] {{0, 0.6, 1, 1}});
        Subset candidates = LayerMem.of(table, BOOTSTRAP).rows().getFirst().subsets().getFirst();
        assertEquals(1, candidates.degenerate());
        assertEquals(0.25, candidates.layerMem().mean(), 1e-15);
    }

    @Test
    void refusesATableWithAHole() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new SslMemTable(
                        LAYERS.subList(0, 1),
                        new int[] {1, 2},
                        new String[] {"candidate", "shared"},
                        new double[][] {{1}},
                        new double[][] {{1, 2}}));
    }

    /** A quarter of the images in each subset; candidates are aligned better by f, independents by g, more so with depth. */
    private static SslMemTable table(int images, int seed) {
        RandomStream draws = StatelessRandom.of(seed, "table").at(0, 0, 0);
        String[] names = {"candidate", "shared", "independent", "external"};
        double[] shifts = {0.1, 0, -0.1, 0};
        String[] subsets = new String[images];
        int[] ids = new int[images];
        double[][] f = new double[LAYERS.size()][images];
        double[][] g = new double[LAYERS.size()][images];
        for (int i = 0; i < images; i++) {
            subsets[i] = names[i % 4];
            ids[i] = i;
            for (int layer = 0; layer < LAYERS.size(); layer++) {
                double shift = shifts[i % 4] * (layer + 1) / LAYERS.size();
                f[layer][i] = 1 - shift + draws.uniform(0, 0.3);
                g[layer][i] = 1 + shift + draws.uniform(0, 0.3);
            }
        }
        return new SslMemTable(LAYERS, ids, subsets, f, g);
    }

    private static double[] values(OptionalDouble[] deltas) {
        return Arrays.stream(deltas).mapToDouble(delta -> delta.orElse(Double.NaN)).toArray();
    }

    private static double candidate(Row row) {
        return subset(row, "candidate").layerMem().mean();
    }

    private static Subset subset(Row row, String name) {
        return row.subsets().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }

    private static SubsetComparison comparison(LayerMem result, String subset, String against) {
        return result.tests().stream()
                .filter(test -> test.subset().equals(subset) && test.against().equals(against))
                .findFirst()
                .orElseThrow();
    }
}
