package dev.engram.metrics.measure;

import dev.engram.encoders.engine.SoloThreads;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Measures blocks of images on several threads at once, each block by one thread, and hands the results over in the order of the
 * blocks: what is made of them depends neither on the number of threads nor on their speed.
 */
public final class BlockPass implements AutoCloseable {
    private final SoloThreads threads;

    /** Takes a block and what was measured of it; may throw to end the pass. */
    @FunctionalInterface
    public interface Sink<R> {
        void accept(int[] block, R result) throws IOException;
    }

    private record Pending<R>(int[] block, Future<R> result) {}

    /** @param threads at least 1 */
    public BlockPass(int threads) {
        this.threads = SoloThreads.start(threads);
    }

    /**
     * Measures the blocks from image {@code from} on.
     *
     * @param measure called on any of the threads with a block's positions; what it throws ends the pass here
     * @param sink called on this thread, block after block, while later blocks are measured
     */
    public <R> void run(ImageBlocks blocks, int from, Function<int[], R> measure, Sink<R> sink) throws IOException {
        Deque<Pending<R>> pending = new ArrayDeque<>();
        int next = from;
        try {
            while (next < blocks.images() || !pending.isEmpty()) {
                while (next < blocks.images() && pending.size() < 2 * threads.count()) {
                    int[] block = blocks.block(next);
                    pending.add(new Pending<>(block, threads.submit(() -> measure.apply(block))));
                    next += block.length;
                }
                Pending<R> first = pending.remove();
                sink.accept(first.block, result(first.result));
            }
        } finally {
            pending.forEach(rest -> rest.result.cancel(false));
        }
    }

    /** Waits for blocks that are being measured. */
    @Override
    public void close() {
        threads.close();
    }

    private static <R> R result(Future<R> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                default -> throw new IllegalStateException("a block could not be measured", e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a block was measured", e);
        }
    }
}
