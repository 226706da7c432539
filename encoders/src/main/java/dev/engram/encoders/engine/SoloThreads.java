package dev.engram.encoders.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Threads that compute each for itself: a native operation that runs on one of them uses no other. Where the work falls into many
 * independent parts this is faster than to divide every operation, whose parts wait for each other, and no result depends on
 * the number of threads.
 *
 * <p>Closing waits for the parts that run and drops those that have not begun.
 */
public final class SoloThreads implements AutoCloseable {
    private final ExecutorService pool;
    private final int count;

    private SoloThreads(ExecutorService pool, int count) {
        this.pool = pool;
        this.count = count;
    }

    /**
     * Starts the threads. The number of threads of operations elsewhere stays as it is.
     *
     * @param count at least 1
     */
    public static SoloThreads start(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be at least 1, is " + count);
        }
        int before = TorchEngine.threads();
        CountDownLatch alone = new CountDownLatch(count);
        ExecutorService pool =
                Executors.newFixedThreadPool(count, Thread.ofPlatform().name("solo-", 0).daemon().factory());
        for (int i = 0; i < count; i++) {
            pool.execute(() -> {
                TorchEngine.start(1);
                alone.countDown();
                awaitUninterrupted(alone);
            });
        }
        awaitUninterrupted(alone);
        // The native library keeps one number for each thread, and one for threads to come: the last one set.
        TorchEngine.start(before);
        return new SoloThreads(pool, count);
    }

    /** Does a part of the work on one of the threads, in the order of submitting. */
    public <T> Future<T> submit(Callable<T> part) {
        return pool.submit(part);
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    @Override
    public void close() {
        pool.shutdownNow();
        boolean interrupted = false;
        while (true) {
            try {
                if (pool.awaitTermination(1, TimeUnit.DAYS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
