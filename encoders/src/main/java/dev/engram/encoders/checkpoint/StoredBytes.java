package dev.engram.encoders.checkpoint;

import dev.engram.encoders.file.CorruptFileException;
import java.lang.foreign.MemorySegment;

/** The bytes of a storage that tensors of a file are views of. Nothing is read before they are asked for. */
@FunctionalInterface
interface StoredBytes {
    /**
     * All of them. Called again, gives the same bytes.
     *
     * @throws CorruptFileException if they are not what the file says they are
     */
    MemorySegment open();
}
