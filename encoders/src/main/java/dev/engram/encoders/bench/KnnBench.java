package dev.engram.encoders.bench;

import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;
import dev.engram.encoders.eval.ExactKnn;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;

/**
 * Exact nearest neighbours against the bare float32 matrix product of the same size, which no search by float32 products can beat.
 * Features are uniform in [-1, 1): without clusters, so distances lie close together, the hard case for a search that must prove
 * its answer.
 */
public final class KnnBench {
    private static final int PRODUCT_QUERIES = 512;
    private static final int PRODUCT_ROWS = 8192;
    private static final StatelessRandom RANDOM = StatelessRandom.of(0, "bench-knn");

    private KnnBench() {}

    /**
     * What is measured; memory outside the heap is 4·(queries + rows)·dimension bytes and about 100 MB, which must fit
     * {@code -XX:MaxDirectMemorySize} (by default as large as the heap).
     */
    public record Setting(int queries, int rows, int dimension, int k, int threads) {
        /** The size of an attack on ImageNet features: 10,000 queries × 50,000 × 2,048, k = 100. */
        public static Setting standard(int threads) {
            return new Setting(10_000, 50_000, 2_048, 100, threads);
        }

        double operations() {
            return 2.0 * queries * rows * dimension;
        }
    }

    /**
     * @param seconds of the exact search, wall time
     * @param cpuSeconds of the exact search, processor time of all threads
     * @param productSeconds of the bare float32 product, measured on a part and scaled
     * @param gigaflops of the search: operations of the product / seconds / 10⁹
     */
    public record Result(Setting setting, double seconds, double cpuSeconds, double productSeconds, double gigaflops) {
        /** How many times the bare product the search takes. */
        public double overProduct() {
            return seconds / productSeconds;
        }

        public double queriesPerSecond() {
            return setting.queries / seconds;
        }
    }

    /** Makes the features, warms up, searches once. */
    public static Result run(Setting setting, ExactKnn.Progress progress) {
        FeatureMatrix queries = features(0, setting.queries, setting.dimension);
        FeatureMatrix rows = features(1, setting.rows, setting.dimension);
        double product = productSeconds(setting, queries, rows);
        try (ExactKnn knn = new ExactKnn(rows, setting.threads)) {
            double cpu = ProcessUsage.cpuSeconds();
            long start = System.nanoTime();
            knn.search(queries, setting.k, progress);
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Result(
                    setting, seconds, ProcessUsage.cpuSeconds() - cpu, product, setting.operations() / seconds / 1e9);
        }
    }

    private static double productSeconds(Setting setting, FeatureMatrix queries, FeatureMatrix rows) {
        int queryCount = Math.min(PRODUCT_QUERIES, setting.queries);
        int rowCount = Math.min(PRODUCT_ROWS, setting.rows);
        double part = Double.POSITIVE_INFINITY;
        try (TorchProgram program = TorchProgram.compile("""
                        def forward(self, a: Tensor, b: Tensor) -> Tensor:
                          return torch.mm(a, torch.t(b))
                        """);
                Scope scope = Scope.open()) {
            Tensor a = tensor(scope, queries, queryCount);
            Tensor b = tensor(scope, rows, rowCount);
            for (int trial = 0; trial < 3; trial++) {
                long start = System.nanoTime();
                program.run(scope, a, b).tensor().close();
                part = Math.min(part, (System.nanoTime() - start) / 1e9);
            }
        }
        return part * setting.operations() / (2.0 * queryCount * rowCount * setting.dimension);
    }

    private static Tensor tensor(Scope scope, FeatureMatrix features, int rows) {
        return scope.map(features.bytes(0, rows), ElementType.FLOAT32, rows, features.dimension());
    }

    private static FeatureMatrix features(int set, int rows, int dimension) {
        FeatureMatrix features = FeatureMatrix.zeros(rows, dimension);
        for (int row = 0; row < rows; row++) {
            RandomStream draws = RANDOM.at(set, row, 0);
            features.put(row, draws.uniformFloats(dimension, -1, 1));
        }
        return features;
    }
}
