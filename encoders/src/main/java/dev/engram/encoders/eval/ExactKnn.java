package dev.engram.encoders.eval;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.engine.TorchProgram;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Exact k nearest neighbours by squared L2 distance, streaming over tiles of the database.
 *
 * <p>Exact means: the answer is that of computing every Σ(xᵢ - qᵢ)² in double and sorting by (distance, row). It does not depend on
 * tile sizes, threads or the matrix library: a float32 matrix product only rules rows out, by a proven bound
 * ({@link DistanceFilter}; in bfloat16 where the processor is fast at it: {@link BrainFilter}); what is left, some k·log rows a query,
 * is measured in double.
 *
 * <p>Cost: 2·queries·rows·dimension operations of the product; memory beside the features at most 350 MB whatever the sizes, and
 * 12·k bytes a query. If very many rows are equally near (duplicates), each is measured, at worst all.
 */
public final class ExactKnn implements AutoCloseable {
    private static final long TILE_BYTES = 64L << 20;
    private static final int TILE_ROWS = 32_768;
    private static final int BLOCK_QUERIES = 256;
    private static final long BRAIN_BYTES = 256L << 20;
    private static final String SCORES = """
            def forward(self, squares: Tensor, queries: Tensor, rows: Tensor) -> Tensor:
              return torch.addmm(squares, queries, torch.t(rows), beta=1, alpha=-2)
            """;

    private final FeatureMatrix database;
    private final float[] mean;
    private final int tileRows;
    private final int threads;
    private final TorchProgram scores;
    private final ExecutorService pool;
    private final Optional<BrainSearch> brain;
    private final int partRows;

    /** Hears how far a search is; may throw to end it. */
    @FunctionalInterface
    public interface Progress {
        /** Of {@code total} pairs of query and row, {@code done} have been compared. */
        void compared(long done, long total);
    }

    /**
     * @param database at least one row, all finite
     * @param threads for what is measured in Java; the matrix product uses the engine's own
     * @throws IllegalArgumentException if the database is empty or a value is not finite
     */
    public ExactKnn(FeatureMatrix database, int threads) {
        this(
                database,
                threads,
                Math.clamp(TILE_BYTES / (database.dimension() * Float.BYTES), 1, TILE_ROWS),
                BrainSearch.isFast(TorchEngine.device()) ? Math.toIntExact(BRAIN_BYTES / BrainRows.size(database.dimension(), 1)) : 0);
    }

    /**
     * @param tileRows rows of the database that float32 products take at a time, at least 1
     * @param brainRows rows of the database that are held in bfloat16 at a time; 0 to use float32 alone
     */
    ExactKnn(FeatureMatrix database, int threads, int tileRows, int brainRows) {
        this.database = requireNonNull(database, "database");
        if (database.rows() == 0) {
            throw new IllegalArgumentException("database: has no rows, nothing can be near");
        }
        requireFinite("database", database);
        this.mean = ShiftedRows.mean(database);
        this.tileRows = Math.min(tileRows, database.rows());
        this.threads = threads;
        this.scores = TorchProgram.compile(SCORES);
        this.brain = brainRows > 0 ? Optional.of(new BrainSearch(database, mean, threads)) : Optional.empty();
        this.partRows = brainRows > 0 ? Math.min(brainRows, database.rows()) : database.rows();
        this.pool = Executors.newFixedThreadPool(threads, Thread.ofPlatform().name("knn-", 0).daemon().factory());
    }

    /** {@link #search(FeatureMatrix, int, Progress)} that tells nobody how far it is. */
    public Neighbors search(FeatureMatrix queries, int k) {
        return search(queries, k, (done, total) -> {});
    }

    /**
     * @param queries of the database's dimension, all finite
     * @param k 1 to the number of database rows
     * @param progress called between blocks of work, from this thread
     */
    public Neighbors search(FeatureMatrix queries, int k, Progress progress) {
        if (queries.dimension() != database.dimension()) {
            throw new IllegalArgumentException("queries: have dimension %d, the database has %d"
                    .formatted(queries.dimension(), database.dimension()));
        }
        if (k < 1 || k > database.rows()) {
            throw new IllegalArgumentException("k: must be 1 to %d, the rows of the database, is %d"
                    .formatted(database.rows(), k));
        }
        requireFinite("queries", queries);
        NearestHeap[] nearest = new NearestHeap[queries.rows()];
        for (int i = 0; i < nearest.length; i++) {
            nearest[i] = new NearestHeap(k);
        }
        searchAll(queries, k, nearest, progress);
        int[][] rows = new int[nearest.length][k];
        double[][] distances = new double[nearest.length][k];
        for (int i = 0; i < nearest.length; i++) {
            nearest[i].drain(rows[i], distances[i]);
        }
        return new Neighbors(rows, distances);
    }

    @Override
    public void close() {
        pool.shutdownNow();
        brain.ifPresent(BrainSearch::close);
        scores.close();
    }

    /** Part by part of the database: by bfloat16 where it is there and worth it, the rest by float32. */
    private void searchAll(FeatureMatrix queries, int k, NearestHeap[] nearest, Progress progress) {
        Count count = new Count((long) queries.rows() * database.rows(), progress);
        for (int from = 0; from < database.rows(); from += partRows) {
            int first = from;
            int end = Math.min(from + partRows, database.rows());
            BitSet searched = new BitSet();
            brain.filter(search -> !search.isLoose())
                    .ifPresent(search -> search.run(
                            new BrainSearch.Task(queries, k, nearest, first, end - first, BLOCK_QUERIES), block -> {
                                searched.set(block);
                                count.add((long) blockRows(queries, block * BLOCK_QUERIES) * (end - first));
                            }));
            if (searched.cardinality() * BLOCK_QUERIES < queries.rows()) {
                searchTiles(queries, k, nearest, first, end, searched, count);
            }
        }
    }

    private static int blockRows(FeatureMatrix queries, int first) {
        return Math.min(BLOCK_QUERIES, queries.rows() - first);
    }

    private void searchTiles(
            FeatureMatrix queries, int k, NearestHeap[] nearest, int begin, int end, BitSet searched, Count count) {
        ShiftedRows tile = new ShiftedRows(mean, tileRows);
        ShiftedRows block = new ShiftedRows(mean, Math.clamp(queries.rows(), 1, BLOCK_QUERIES));
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(new Worker(queries, k, nearest));
        }
        for (int from = begin; from < end; from += tileRows) {
            tile.load(database, from, Math.min(tileRows, end - from));
            float[] squares = new float[tile.rows()];
            for (int i = 0; i < squares.length; i++) {
                squares[i] = (float) (tile.norms()[i] * tile.norms()[i]);
            }
            try (Scope scope = Scope.open()) {
                Tensor rows = scope.map(tile.bytes(), ElementType.FLOAT32, tile.rows(), mean.length);
                Tensor rowSquares = scope.floats(squares, squares.length);
                for (int first = 0; first < queries.rows(); first += BLOCK_QUERIES) {
                    if (searched.get(first / BLOCK_QUERIES)) {
                        continue;
                    }
                    block.load(queries, first, blockRows(queries, first));
                    searchBlock(workers, rowSquares, rows, new Window(tile, from, block, first));
                    count.add((long) block.rows() * tile.rows());
                }
            }
        }
    }

    /** How far a search is. */
    private static final class Count {
        private final long total;
        private final Progress progress;
        private long done;

        Count(long total, Progress progress) {
            this.total = total;
            this.progress = progress;
        }

        void add(long compared) {
            done += compared;
            progress.compared(done, total);
        }
    }

    private void searchBlock(List<Worker> workers, Tensor squares, Tensor rows, Window window) {
        try (Scope scope = Scope.open()) {
            Tensor queries =
                    scope.map(window.block.bytes(), ElementType.FLOAT32, window.block.rows(), mean.length);
            scores.run(scope, squares, queries, rows).tensor().withBytes(bytes -> {
                List<Future<?>> parts = new ArrayList<>();
                for (int i = 0; i < workers.size(); i++) {
                    Worker worker = workers.get(i);
                    int start = i;
                    parts.add(pool.submit(() -> worker.search(window, bytes, start, workers.size())));
                }
                parts.forEach(ExactKnn::join);
            });
        }
    }

    private static void join(Future<?> part) {
        try {
            part.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the search was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the search failed", e.getCause());
        }
    }

    private static void requireFinite(String what, FeatureMatrix matrix) {
        int row = matrix.firstNotFinite();
        if (row >= 0) {
            throw new IllegalArgumentException(what + ": row " + row + " holds a NaN or an infinity");
        }
    }

    /** What one matrix product compares: a tile of the database from row {@code from}, a block of queries from {@code first}. */
    private record Window(ShiftedRows tile, int from, ShiftedRows block, int first) {}

    /** One thread's share of a block: every n-th query. */
    private final class Worker {
        private final FeatureMatrix queries;
        private final NearestHeap[] nearest;
        private final DistanceFilter filter;
        private final float[] tileScores;
        private final float[] query = new float[mean.length];
        private final double[] wideQuery = new double[mean.length];
        private final float[] row = new float[mean.length];

        Worker(FeatureMatrix queries, int k, NearestHeap[] nearest) {
            this.queries = queries;
            this.nearest = nearest;
            this.filter = new DistanceFilter(mean.length, k, tileRows, TorchEngine.operandRounding());
            this.tileScores = new float[tileRows];
        }

        void search(Window window, ByteBuffer scores, int start, int step) {
            int rows = window.tile.rows();
            var floats = scores.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
            for (int i = start; i < window.block.rows(); i += step) {
                floats.get(i * rows, tileScores, 0, rows);
                NearestHeap heap = nearest[window.first + i];
                int candidates = filter.scan(
                        tileScores,
                        window.tile.norms(),
                        window.tile.largestNorm(),
                        rows,
                        window.block.norms()[i],
                        heap.worst());
                queries.row(window.first + i, query);
                widen(query, wideQuery);
                for (int j = 0; j < candidates; j++) {
                    int index = window.from + filter.candidate(j);
                    database.row(index, row);
                    heap.offer(squaredDistance(wideQuery, row), index);
                }
            }
        }
    }

    /** {@link #squaredDistance(double[], float[])} of a query in float32. */
    static double squaredDistance(float[] q, float[] x) {
        double[] query = new double[q.length];
        widen(q, query);
        return squaredDistance(query, x);
    }

    /** Writes float32 values as doubles. */
    static void widen(float[] values, double[] doubles) {
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
    }

    /** Σ(xᵢ - qᵢ)² in double, in one fixed order of summation. */
    static double squaredDistance(double[] q, float[] x) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i + 3 < q.length; i += 4) {
            double d0 = x[i] - q[i];
            double d1 = x[i + 1] - q[i + 1];
            double d2 = x[i + 2] - q[i + 2];
            double d3 = x[i + 3] - q[i + 3];
            sum0 += d0 * d0;
            sum1 += d1 * d1;
            sum2 += d2 * d2;
            sum3 += d3 * d3;
        }
        for (; i < q.length; i++) {
            double d = x[i] - q[i];
            sum0 += d * d;
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }
}
