package dev.engram.trainer.dataset;

import dev.engram.encoders.data.Box;
import dev.engram.encoders.data.Geometry;
import dev.engram.encoders.data.ImageSetWriter;
import dev.engram.encoders.data.ImageSink;
import dev.engram.encoders.image.Orientation;
import dev.engram.encoders.image.Picture;
import dev.engram.encoders.image.PictureFile;
import dev.engram.runs.RunContext;
import dev.engram.v1.RegisterDatasetSpec;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Takes images as a source reads them, brings them to their form and packs them. Picture files are decoded by several threads and packed
 * in the order they came, so the packed set depends on no timing. Memory: a few images for each thread.
 */
final class Packing implements ImageSink, AutoCloseable {
    private static final int AHEAD_PER_THREAD = 4;
    private static final long HEAP_PER_THREAD = 96L << 20;
    private static final int BETWEEN_REPORTS = 256;

    private record Pending(Origin origin, Future<Geometry.Placed> placed) {}

    private final RunContext run;
    private final RegisterDatasetSpec spec;
    private final UnreadableFiles unreadable;
    private final long shardBytes;
    private final long expected;
    private final int threads;
    private final ExecutorService decoders;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private Geometry geometry;
    private ImageSetWriter writer;

    /** @param expected how many images there will be; 0 if that is not known */
    Packing(RunContext run, UnreadableFiles unreadable, long shardBytes, long expected) {
        this.run = run;
        this.spec = run.spec().getRegisterDataset();
        this.unreadable = unreadable;
        this.shardBytes = shardBytes;
        this.expected = expected;
        this.threads = (int) Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_PER_THREAD, 1, run.threads());
        this.decoders = Executors.newFixedThreadPool(threads, Thread.ofPlatform().name("decode-", 0).daemon().factory());
    }

    @Override
    public void picture(Picture picture, Origin origin) throws IOException {
        drain(0);
        if (geometry == null) {
            begin(Geometries.of(spec, picture));
        }
        pack(geometry.place(picture, origin.boxes()), origin);
    }

    @Override
    public void encoded(byte[] file, Origin origin) throws IOException {
        if (geometry == null) {
            begin(Geometries.of(spec));
        }
        pending.add(new Pending(origin, decoders.submit(() -> place(file, origin.boxes()))));
        drain(threads * AHEAD_PER_THREAD);
    }

    @Override
    public void unreadable(String file, String reason) throws IOException {
        drain(0);
        unreadable.add(file, reason);
        run.checkStop();
    }

    /** Packs what is still on its way; how many images there are. */
    int finish() throws IOException {
        drain(0);
        return writer == null ? 0 : writer.size();
    }

    /** Only if {@link #finish} found an image. */
    ImageSetWriter writer() {
        return writer;
    }

    @Override
    public void close() throws IOException {
        decoders.shutdownNow();
        if (writer != null) {
            writer.close();
        }
    }

    private void begin(Geometry chosen) {
        geometry = chosen;
        writer = new ImageSetWriter(run.scratch(), spec.getDisplayName(), chosen.shape(), shardBytes);
    }

    /** Boxes speak of the picture as it is stored, so they turn with it. */
    private Geometry.Placed place(byte[] file, List<Box> boxes) throws IOException {
        Picture picture = PictureFile.decode(file);
        Orientation orientation = PictureFile.orientation(file);
        boolean sideways = orientation.transposed();
        int height = sideways ? picture.width() : picture.height();
        int width = sideways ? picture.height() : picture.width();
        return geometry.place(
                picture,
                boxes.stream().flatMap(box -> box.within(width, height).stream()).map(box -> box.turned(orientation, width, height)).toList());
    }

    /** Packs finished images in order until at most {@code left} are on their way. */
    private void drain(int left) throws IOException {
        while (pending.size() > left) {
            Pending next = pending.remove();
            try {
                pack(next.placed().get(), next.origin());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof IOException)) {
                    throw new IllegalStateException(next.origin().file() + ": cannot be decoded", e.getCause());
                }
                unreadable.add(next.origin().file(), e.getCause().getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while decoding " + next.origin().file(), e);
            }
        }
    }

    private void pack(Geometry.Placed placed, Origin origin) throws IOException {
        run.checkStop();
        writer.add(placed.image(), origin.label(), origin.id(), placed.boxes(), origin.repeatCount());
        if (writer.size() % BETWEEN_REPORTS == 0) {
            run.progress("packing", writer.size() + unreadable.count(), expected, "image", Map.of());
        }
    }
}
