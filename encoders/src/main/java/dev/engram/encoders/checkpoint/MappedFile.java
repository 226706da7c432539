package dev.engram.encoders.checkpoint;

import dev.engram.encoders.file.CorruptFileException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of any size as memory that the operating system fetches when it is looked at: costs no heap. Every read is checked against the
 * end of the file.
 */
final class MappedFile implements AutoCloseable {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String name;
    private final MemorySegment bytes;
    private final Runnable unmap;

    private MappedFile(String name, MemorySegment bytes, Runnable unmap) {
        this.name = name;
        this.bytes = bytes;
        this.unmap = unmap;
    }

    /** Closing it takes the memory away from everything that was made of it. */
    static MappedFile open(Path path) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new MappedFile(path.toString(), bytes, arena::close);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** The bytes as if they were a file. */
    static MappedFile of(String name, byte[] bytes) {
        return new MappedFile(name, MemorySegment.ofArray(bytes).asReadOnly(), () -> {});
    }

    String name() {
        return name;
    }

    long size() {
        return bytes.byteSize();
    }

    int unsignedByte(long position) {
        require(position, 1);
        return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, position));
    }

    int unsignedShort(long position) {
        require(position, Short.BYTES);
        return Short.toUnsignedInt(bytes.get(SHORT, position));
    }

    long unsignedInt(long position) {
        require(position, Integer.BYTES);
        return Integer.toUnsignedLong(bytes.get(INT, position));
    }

    long longAt(long position) {
        require(position, Long.BYTES);
        return bytes.get(LONG, position);
    }

    MemorySegment slice(long position, long length) {
        require(position, length);
        return bytes.asSlice(position, length);
    }

    CorruptFileException corrupt(long position, String problem) {
        return new CorruptFileException(name, position, problem);
    }

    private void require(long position, long length) {
        if (position < 0 || length < 0 || position > size() || length > size() - position) {
            throw corrupt(Math.clamp(position, 0, size()),
                    "the file has %d bytes, %d are needed here".formatted(size(), length));
        }
    }

    @Override
    public void close() {
        unmap.run();
    }
}
