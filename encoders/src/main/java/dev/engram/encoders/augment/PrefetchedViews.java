package dev.engram.encoders.augment;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.SoloThreads;
import dev.engram.encoders.train.Batch;
import dev.engram.encoders.train.ViewSource;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Makes the views of the next batch on a thread of its own while the step before it computes. Every batch is made on that thread, announced
 * or not, so no bit depends on what was announced or where a run was taken up. Memory: the tensors of one more batch.
 *
 * <p>For one caller at a time. The source behind it is not closed.
 */
public final class PrefetchedViews implements ViewSource, AutoCloseable {
    private record Ahead(int epoch, int[] images, Scope scope, Future<Batch> batch) {}

    private final ViewSource source;
    private final SoloThreads thread = SoloThreads.start(1);
    private Ahead ahead;
    private long waited;

    public PrefetchedViews(ViewSource source) {
        this.source = requireNonNull(source, "source");
    }

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public void announce(int epoch, int[] images) {
        if (ahead == null || ahead.epoch != epoch || !Arrays.equals(ahead.images, images)) {
            forget();
            ahead = begin(epoch, images);
        }
    }

    @Override
    public Batch batch(Scope scope, int epoch, int[] images) {
        announce(epoch, images);
        Ahead made = ahead;
        ahead = null;
        try (Scope theirs = made.scope) {
            Batch batch = await(made.batch);
            theirs.tensors().forEach(tensor -> tensor.moveTo(scope));
            return batch;
        }
    }

    /** How long {@link #batch} has waited for views so far, in nanoseconds: what training lost to its input. */
    public long waitedNanos() {
        return waited;
    }

    @Override
    public void close() {
        forget();
        thread.close();
    }

    private Ahead begin(int epoch, int[] images) {
        int[] kept = images.clone();
        Scope scope = Scope.open();
        return new Ahead(epoch, kept, scope, thread.submit(() -> source.batch(scope, epoch, kept)));
    }

    private void forget() {
        if (ahead != null) {
            try (Scope unused = ahead.scope) {
                ahead.batch.get();
            } catch (ExecutionException e) {
                // Nobody asked for this batch, so nobody is told that it failed.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            ahead = null;
        }
    }

    private Batch await(Future<Batch> batch) {
        long start = System.nanoTime();
        try {
            return batch.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                default -> throw new IllegalStateException("Views cannot be made", e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while views were made", e);
        } finally {
            waited += System.nanoTime() - start;
        }
    }
}
