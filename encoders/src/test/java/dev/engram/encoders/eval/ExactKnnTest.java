package dev.engram.encoders.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExactKnnTest {
    private static final StatelessRandom RANDOM = StatelessRandom.of(3, "knn-test");

    @Test
    void agreesWithBruteForceForEveryKUpToOneHundred() {
        float[][] database = normal(0, 333, 20);
        float[][] queries = normal(1, 17, 20);
        for (int k = 1; k <= 100; k++) {
            assertNeighbors(database, queries, k, 64);
        }
    }

    @Test
    void agreesWithBruteForceWhateverTheTile() {
        float[][] database = normal(2, 200, 7);
        float[][] queries = normal(3, 300, 7);
        for (int tile : new int[] {1, 2, 63, 199, 200}) {
            assertNeighbors(database, queries, 9, tile);
        }
    }

    @Test
    void ofDuplicatesTheSmallestRowsAreNearest() {
        float[][] distinct = normal(4, 5, 16);
        float[][] database = IntStream.range(0, 100).mapToObj(i -> distinct[i % 5]).toArray(float[][]::new);
        assertNeighbors(database, distinct, 20, 13);
        try (ExactKnn knn = new ExactKnn(FeatureMatrix.of(database), 2, 13, 0)) {
            Neighbors nearest = knn.search(FeatureMatrix.of(distinct), 4);
            assertArrayEquals(new int[] {2, 7, 12, 17}, nearest.rows()[2]);
            assertArrayEquals(new double[4], nearest.distances()[2]);
        }
    }

    @Test
    void ofFeaturesWithoutVarianceTheFirstRowsAreNearest() {
        float[][] database = new float[50][3];
        try (ExactKnn knn = new ExactKnn(FeatureMatrix.of(database), 1, 8, 0)) {
            assertArrayEquals(IntStream.range(0, 10).toArray(), knn.search(FeatureMatrix.of(new float[1][3]), 10).rows()[0]);
        }
    }

    /** In float32, |x|² - 2·q·x of such features has no correct digit of the distance left. */
    @Test
    void survivesAnOffsetThatDwarfsTheDistances() {
        float[][] database = normal(5, 150, 12);
        float[][] queries = normal(6, 8, 12);
        for (float[][] rows : List.of(database, queries)) {
            for (float[] row : rows) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = 40_000 + row[j];
                }
            }
        }
        assertNeighbors(database, queries, 25, 40);
    }

    @Test
    void survivesNormsOfVeryDifferentSize() {
        float[][] database = normal(7, 150, 12);
        for (int i = 0; i < database.length; i++) {
            for (int j = 0; j < 12; j++) {
                database[i][j] *= (float) Math.pow(10, i % 9 - 4);
            }
        }
        assertNeighbors(database, database, 11, 50);
    }

    /** Squares of these leave the range of float32 at one end or the other; some distances do not. */
    @Test
    void survivesFeaturesWhoseSquaresOverflowOrVanish() {
        for (double scale : new double[] {1e19, 1e20, 1e-19, 1e-21, 1e-23, 1e-30}) {
            float[][] database = normal(10, 120, 12);
            for (int i = 0; i < database.length; i++) {
                for (int j = 0; j < 12; j++) {
                    database[i][j] *= (float) (scale * (1 + i % 3));
                }
            }
            assertNeighbors(database, database, 7, 50);
        }
    }

    /** Where bfloat16 tells no row from another, float32 does the work, and no row is found twice. */
    @Test
    void rowsThatAreTooNearForBfloat16AreFoundAllTheSame() {
        float[][] centers = normal(11, 4, 64);
        float[][] noise = normal(12, 2000, 64);
        for (int i = 0; i < noise.length; i++) {
            for (int j = 0; j < 64; j++) {
                noise[i][j] = 10 * centers[i % 4][j] + 1e-4f * noise[i][j];
            }
        }
        float[][] queries = Arrays.copyOf(noise, 300);
        assertNeighbors(noise, queries, 10, 600, 1500);
    }

    @Test
    void stopsBetweenBlocksAlsoInBfloat16() {
        FeatureMatrix database = FeatureMatrix.of(normal(13, 600, 8));
        long before = Tensor.alive();
        List<Long> done = new ArrayList<>();
        try (ExactKnn knn = new ExactKnn(database, 2, 100, 600)) {
            knn.search(database, 3, (compared, total) -> done.add(compared));
            assertEquals(List.of(256 * 600L, 512 * 600L, 600 * 600L), done);
            assertThrows(UnsupportedOperationException.class, () -> knn.search(database, 1, (compared, total) -> {
                throw new UnsupportedOperationException("stop");
            }));
        }
        assertEquals(before, Tensor.alive());
    }

    @Test
    void normalizedRowsAreNearestByCosine() {
        float[][] database = {{10, 0}, {1, 1}, {0, 0.1f}, {0, 0}};
        FeatureMatrix normalized = FeatureMatrix.of(database).normalized();
        try (ExactKnn knn = new ExactKnn(normalized, 1)) {
            assertArrayEquals(new int[] {2, 1, 3, 0}, knn.search(FeatureMatrix.of(new float[][] {{0, 1}}), 4).rows()[0]);
        }
        assertArrayEquals(new float[2], normalized.row(3));
    }

    @Test
    void refusesWhatHasNoAnswer() {
        FeatureMatrix three = FeatureMatrix.of(new float[3][2]);
        FeatureMatrix nan = FeatureMatrix.of(new float[][] {{0, 0}, {0, Float.NaN}});
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new ExactKnn(nan, 1)).getMessage().contains("row 1"));
        assertThrows(IllegalArgumentException.class, () -> new ExactKnn(FeatureMatrix.zeros(0, 2), 1));
        try (ExactKnn knn = new ExactKnn(three, 1)) {
            assertThrows(IllegalArgumentException.class, () -> knn.search(three, 0));
            assertThrows(IllegalArgumentException.class, () -> knn.search(three, 4));
            assertThrows(IllegalArgumentException.class, () -> knn.search(nan, 1));
            assertThrows(IllegalArgumentException.class, () -> knn.search(FeatureMatrix.of(new float[1][3]), 1));
            assertEquals(0, knn.search(FeatureMatrix.zeros(0, 2), 1).queries());
        }
    }

    @Test
    void saysHowFarItIsAndLeavesNoTensorBehindWhenStopped() {
        FeatureMatrix database = FeatureMatrix.of(normal(8, 30, 4));
        long before = Tensor.alive();
        List<Long> done = new ArrayList<>();
        try (ExactKnn knn = new ExactKnn(database, 2, 10, 0)) {
            knn.search(FeatureMatrix.of(normal(9, 300, 4)), 3, (compared, total) -> {
                assertEquals(9000, total);
                done.add(compared);
            });
            assertEquals(List.of(2560L, 3000L, 5560L, 6000L, 8560L, 9000L), done);
            assertThrows(UnsupportedOperationException.class, () -> knn.search(database, 1, (compared, total) -> {
                throw new UnsupportedOperationException("stop");
            }));
        }
        assertEquals(before, Tensor.alive());
    }

    private static void assertNeighbors(float[][] database, float[][] queries, int k, int tile) {
        assertNeighbors(database, queries, k, tile, 0);
        assertNeighbors(database, queries, k, tile, 90);
    }

    private static void assertNeighbors(float[][] database, float[][] queries, int k, int tile, int brainRows) {
        try (ExactKnn knn = new ExactKnn(FeatureMatrix.of(database), 2, tile, brainRows)) {
            Neighbors found = knn.search(FeatureMatrix.of(queries), k);
            for (int i = 0; i < queries.length; i++) {
                float[] query = queries[i];
                int[] expected = IntStream.range(0, database.length)
                        .boxed()
                        .sorted(Comparator.<Integer>comparingDouble(row -> ExactKnn.squaredDistance(query, database[row]))
                                .thenComparing(Comparator.naturalOrder()))
                        .limit(k)
                        .mapToInt(Integer::intValue)
                        .toArray();
                assertArrayEquals(expected, found.rows()[i], "query " + i + ", k " + k + ", tile " + tile + ", in bfloat16 " + brainRows);
            }
        }
    }

    private static float[][] normal(int image, int rows, int dimension) {
        RandomStream draws = RANDOM.at(0, image, 0);
        float[][] values = new float[rows][];
        for (int i = 0; i < rows; i++) {
            values[i] = draws.normalFloats(dimension, 0, 1);
        }
        return values;
    }
}
