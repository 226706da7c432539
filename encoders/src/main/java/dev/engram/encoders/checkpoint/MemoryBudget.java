package dev.engram.encoders.checkpoint;

import dev.engram.encoders.file.CorruptFileException;

/**
 * What reading a file may take of the heap: twice the file's size and 16 MiB. A few bytes can name a lot, so what is claimed is charged
 * before it is made.
 */
public final class MemoryBudget {
    private static final long BASE = 16L << 20;

    private final String file;
    private final long most;
    private long charged;

    /** @param size of the file in bytes */
    public MemoryBudget(String file, long size) {
        this.file = file;
        this.most = BASE + 2 * size;
    }

    /**
     * To be called before memory is taken.
     *
     * @param position in the file, for the error
     * @throws CorruptFileException if the file wants more than it may
     */
    public void charge(long bytes, long position) {
        if (bytes < 0 || bytes > most - charged) {
            throw new CorruptFileException(
                    file, position, "reading it would take more than %d MiB: twice the file's size and 16 MiB".formatted(most >> 20));
        }
        charged += bytes;
    }
}
