package dev.engram.encoders.eval;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where feature matrices lie: outside the heap, and what is beyond a budget for all of them together, each in a file that the system pages in and
 * out. So more features than there is memory make a search slower, not impossible. Whatever a matrix holds goes when it is no longer reachable; its
 * file has no name from the beginning, so none is left by a process that dies.
 */
final class FeatureMemory {
    /** Three quarters of the heap's size: a JVM may have as much outside of the heap as in it, unless it is told otherwise. Files where temporary ones belong. */
    static final FeatureMemory OF_THIS_PROCESS =
            new FeatureMemory(Runtime.getRuntime().maxMemory() / 4 * 3, Path.of(System.getProperty("java.io.tmpdir")));

    private static final Cleaner CLEANER = Cleaner.create();

    private final long budget;
    private final Path folder;
    private final AtomicLong held = new AtomicLong();

    /**
     * @param budget bytes outside of files
     * @param folder for the files
     */
    FeatureMemory(long budget, Path folder) {
        this.budget = budget;
        this.folder = requireNonNull(folder, "folder");
    }

    /**
     * Zeros for as long as {@code owner} is reachable.
     *
     * @throws UncheckedIOException if they are beyond the budget and the folder cannot hold them
     */
    MemorySegment zeros(Object owner, long bytes) {
        if (held.addAndGet(bytes) <= budget) {
            CLEANER.register(owner, () -> held.addAndGet(-bytes));
            return Arena.ofAuto().allocate(bytes, Long.BYTES);
        }
        held.addAndGet(-bytes);
        try {
            return inFile(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes outside of files. */
    long held() {
        return held.get();
    }

    private MemorySegment inFile(long bytes) throws IOException {
        // Nothing else would have matrices that are no longer reachable give up their files: they take no heap.
        System.gc();
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < bytes) {
            throw new IOException("no space left in %s for %,d bytes of features: %,d are free".formatted(folder, bytes, free));
        }
        Path file = Files.createTempFile(folder, "features-", ".tmp");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, Arena.ofAuto());
        }
    }
}
