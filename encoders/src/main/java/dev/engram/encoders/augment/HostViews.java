package dev.engram.encoders.augment;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchEngine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Views made by this machine's processor, one after another by {@link HostView}, on as many threads as an operation of the calling thread may use.
 * A view depends on its parameters alone, not on the batch or the threads.
 */
final class HostViews implements ViewMaker {
    private final Normalization normalization;
    private final int side;

    /** @param side height and width of the views */
    HostViews(Normalization normalization, int side) {
        this.normalization = requireNonNull(normalization, "normalization");
        this.side = side;
    }

    @Override
    public Tensor apply(Scope scope, Tensor images, int[] imageOfView, List<ViewParameters> views) {
        ViewMaker.check(images, imageOfView, views);
        int n = views.size();
        int threads = Math.min(TorchEngine.threads(), n);
        Tensor made = scope.zeros(ElementType.FLOAT32, n, CHANNELS, side, side);
        images.withBytes(pixels -> made.fill(memory -> {
            List<CompletableFuture<Void>> others = new ArrayList<>();
            for (int part = 1; part < threads; part++) {
                int first = (int) ((long) n * part / threads);
                int last = (int) ((long) n * (part + 1) / threads);
                others.add(CompletableFuture.runAsync(() -> make(images.shape(), pixels, imageOfView, views, first, last, memory)));
            }
            try {
                make(images.shape(), pixels, imageOfView, views, 0, n / threads, memory);
            } finally {
                await(others);
            }
        }));
        return made;
    }

    /** The memory must not go while a thread works on it, so all are waited for whatever becomes of one. */
    private static void await(List<CompletableFuture<Void>> parts) {
        try {
            CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private void make(
            long[] shape, ByteBuffer pixels, int[] imageOfView, List<ViewParameters> views, int first, int last, ByteBuffer memory) {
        int height = Math.toIntExact(shape[2]);
        int width = Math.toIntExact(shape[3]);
        byte[] image = new byte[CHANNELS * height * width];
        HostView view = new HostView(normalization, side);
        int values = CHANNELS * side * side;
        for (int v = first; v < last; v++) {
            pixels.get(imageOfView[v] * image.length, image);
            view.make(image, height, width, views.get(v));
            view.write(memory.slice(v * values * Float.BYTES, values * Float.BYTES).order(memory.order()).asFloatBuffer());
        }
    }

    @Override
    public int side() {
        return side;
    }

    /** Nothing is held. */
    @Override
    public void close() {}
}
