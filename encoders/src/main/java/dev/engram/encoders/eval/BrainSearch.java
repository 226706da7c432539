package dev.engram.encoders.eval;

import dev.engram.encoders.engine.Device;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.SoloThreads;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * The search of {@link ExactKnn} with products in bfloat16 to rule rows out ({@link BrainFilter}), each block of queries by one
 * thread. The rounding rules out less than float32 does; where it leaves more rows than float32 would cost, the search gives up and
 * says so.
 */
final class BrainSearch implements AutoCloseable {
    /** A row measured in double costs as much as a float32 product with some 25 rows. */
    private static final int WORTH = 25;

    private static final String PRODUCTS = """
            def forward(self, queries: Tensor, rows: Tensor) -> Tensor:
              return torch.to(torch.mm(queries, torch.t(rows)), 6)
            """;

    private final FeatureMatrix database;
    private final float[] mean;
    private final SoloThreads threads;
    private final TorchProgram products = TorchProgram.compile(PRODUCTS);
    private final TorchProgram rounding = BrainRows.rounding();
    private final AtomicBoolean loose = new AtomicBoolean();

    BrainSearch(FeatureMatrix database, float[] mean, int threads) {
        this.database = database;
        this.mean = mean;
        this.threads = SoloThreads.start(threads);
    }

    /**
     * Whether this process multiplies bfloat16 faster than float32, and sums as {@link BrainFilter} says. Cards have float32 products to spare
     * and sums of their own; they do without.
     */
    static boolean isFast(Device device) {
        return !device.isCuda() && isFast(Path.of("/proc/cpuinfo"));
    }

    /** @param processor what the kernel says of it */
    static boolean isFast(Path processor) {
        try {
            return Files.isReadable(processor) && Files.readString(processor).matches("(?s).*\\b(amx_bf16|avx512_bf16)\\b.*");
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether too many rows were left to be worth it; then some queries have not been searched. */
    boolean isLoose() {
        return loose.get();
    }

    /** What is searched: rows {@code from} to {@code from + count} of the database for all queries, in blocks. */
    record Task(FeatureMatrix queries, int k, NearestHeap[] nearest, int from, int count, int blockQueries) {}

    /**
     * Searches every block, or until the search turns out to be loose.
     *
     * @param searched hears of every block that has been searched, from this thread
     */
    void run(Task task, IntConsumer searched) {
        try (Scope scope = Scope.open()) {
            BrainRows rows = load(scope, task);
            AtomicBoolean ended = new AtomicBoolean();
            List<Future<Boolean>> blocks = new ArrayList<>();
            for (int first = 0; first < task.queries.rows(); first += task.blockQueries) {
                int from = first;
                blocks.add(threads.submit(() -> !ended.get() && search(task, rows, from)));
            }
            try {
                for (int block = 0; block < blocks.size(); block++) {
                    if (get(blocks.get(block))) {
                        searched.accept(block);
                    }
                }
            } finally {
                ended.set(true);
                blocks.forEach(BrainSearch::settle);
            }
        }
    }

    private BrainRows load(Scope scope, Task task) {
        BrainRows rows = new BrainRows(mean, task.count);
        List<Future<Boolean>> parts = new ArrayList<>();
        for (int at = 0; at < task.count; at += BrainRows.CHUNK) {
            int first = at;
            parts.add(threads.submit(() -> {
                int count = Math.min(BrainRows.CHUNK, task.count - first);
                rows.load(scope, rounding, database, task.from + first, first / BrainRows.CHUNK, count);
                return true;
            }));
        }
        parts.forEach(BrainSearch::get);
        return rows;
    }

    private boolean search(Task task, BrainRows rows, int first) {
        if (loose.get()) {
            return false;
        }
        int count = Math.min(task.blockQueries, task.queries.rows() - first);
        BrainFilter[] filters = new BrainFilter[count];
        try (Scope scope = Scope.open()) {
            BrainRows queries = new BrainRows(mean, count);
            queries.load(scope, rounding, task.queries, first, 0, count);
            for (int i = 0; i < count; i++) {
                filters[i] = new BrainFilter(queries, i, task.k, task.nearest[first + i].worst());
            }
            for (int at = 0; at < task.count; at += BrainRows.CHUNK) {
                scan(queries.chunk(0), rows, at, Math.min(BrainRows.CHUNK, task.count - at), filters);
            }
        }
        long left = 0;
        for (BrainFilter filter : filters) {
            filter.candidates();
            left += filter.count();
        }
        if ((left - (long) count * task.k) * WORTH > (long) count * task.count) {
            loose.set(true);
            return false;
        }
        measure(task, first, filters);
        return true;
    }

    private void scan(Tensor queries, BrainRows rows, int first, int chunk, BrainFilter[] filters) {
        double norm = 0;
        double residual = 0;
        for (int row = first; row < first + chunk; row++) {
            norm = Math.max(norm, rows.norm(row));
            residual = Math.max(residual, rows.residual(row));
        }
        try (Scope scope = Scope.open()) {
            float[] all = products.run(scope, queries, rows.chunk(first / BrainRows.CHUNK)).tensor().floats();
            for (int i = 0; i < filters.length; i++) {
                filters[i].scan(all, i * chunk, chunk, rows, first, filters[i].error(norm, residual));
            }
        }
    }

    private void measure(Task task, int first, BrainFilter[] filters) {
        float[] query = new float[mean.length];
        double[] wideQuery = new double[mean.length];
        float[] row = new float[mean.length];
        for (int i = 0; i < filters.length; i++) {
            task.queries.row(first + i, query);
            ExactKnn.widen(query, wideQuery);
            int[] candidates = filters[i].candidates();
            for (int j = 0; j < filters[i].count(); j++) {
                int index = task.from + candidates[j];
                database.row(index, row);
                task.nearest[first + i].offer(ExactKnn.squaredDistance(wideQuery, row), index);
            }
        }
    }

    private static boolean get(Future<Boolean> part) {
        try {
            return part.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the search was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the search failed", e.getCause());
        }
    }

    /** Waits for a block, which reads the rows until it ends; whatever became of it has been seen or does not matter. */
    private static void settle(Future<Boolean> block) {
        try {
            block.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // The first failure is on its way to the caller already.
        }
    }

    /** Waits for blocks that are being searched. */
    @Override
    public void close() {
        threads.close();
        products.close();
        rounding.close();
    }
}
