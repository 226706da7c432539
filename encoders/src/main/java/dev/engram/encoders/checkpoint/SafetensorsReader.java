package dev.engram.encoders.checkpoint;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.file.CorruptFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads safetensors, from PyTorch or from {@link SafetensorsWriter}. Trusts nothing: see {@link SafetensorsHeader}. Streams
 * into native memory: a file may have any size, one tensor at most 2 GiB.
 *
 * @param state in the order of the header; half precision is widened to FLOAT32
 * @param metadata free text of {@code __metadata__}, may be empty
 */
public record SafetensorsReader(StateDict state, Map<String, String> metadata) {
    /**
     * Reads a file.
     *
     * @throws CorruptFileException if it is not a whole and valid file
     */
    public static SafetensorsReader read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), in, Files.size(file));
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param name of the file or object, for errors
     * @param in is not closed
     * @param size of the stream in bytes, checked against the header before anything large is allocated
     * @throws CorruptFileException if it is not a whole and valid file
     */
    public static SafetensorsReader read(String name, InputStream in, long size) throws IOException {
        ReadableByteChannel channel = Channels.newChannel(in);
        ByteBuffer length = ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        fill(name, channel, length, 0);
        long jsonBytes = length.flip().getLong();
        if (jsonBytes < 2 || jsonBytes > SafetensorsHeader.MAX_JSON_BYTES) {
            throw new CorruptFileException(name, 0, "a header of %s bytes".formatted(Long.toUnsignedString(jsonBytes)));
        }
        long dataStart = SafetensorsHeader.LENGTH_BYTES + jsonBytes;
        checkSize(name, size, dataStart);
        ByteBuffer json = ByteBuffer.allocate((int) jsonBytes);
        fill(name, channel, json, SafetensorsHeader.LENGTH_BYTES);
        SafetensorsHeader header = SafetensorsHeader.decode(name, json.array());
        List<SafetensorsHeader.Entry> entries = header.byOffset();
        long end = dataStart + (entries.isEmpty() ? 0 : entries.getLast().end());
        checkSize(name, size, end);
        if (size > end) {
            throw new CorruptFileException(name, end, "%d bytes more after the last tensor".formatted(size - end));
        }
        return new SafetensorsReader(elements(name, channel, header, dataStart), header.metadata());
    }

    private static void checkSize(String name, long size, long needed) {
        if (size < needed) {
            throw new CorruptFileException(name, size, "the file ends here, %d bytes are missing".formatted(needed - size));
        }
    }

    private static StateDict elements(
            String name, ReadableByteChannel channel, SafetensorsHeader header, long dataStart) throws IOException {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> tensors = new HashMap<>();
            for (SafetensorsHeader.Entry entry : header.byOffset()) {
                tensors.put(entry.name(), tensor(name, channel, entry, dataStart, scope));
            }
            StateDict state = new StateDict();
            header.entries().forEach(entry -> state.put(entry.name(), tensors.get(entry.name())));
            return state;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Tensor tensor(
            String name, ReadableByteChannel channel, SafetensorsHeader.Entry entry, long dataStart, Scope scope) {
        if (entry.end() - entry.begin() > Integer.MAX_VALUE) {
            throw new CorruptFileException(
                    name, dataStart + entry.begin(), "tensor " + entry.name() + " is larger than 2 GiB");
        }
        Tensor tensor = scope.zeros(entry.type().inMemory(), entry.shape());
        tensor.fill(memory -> {
            boolean widened = entry.type().isWidened();
            ByteBuffer stored = widened ? ByteBuffer.allocate((int) (entry.end() - entry.begin())) : memory;
            try {
                fill(name, channel, stored, dataStart + entry.begin());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (widened) {
                widen(entry.type(), MemorySegment.ofArray(stored.array()), memory);
            }
        });
        return tensor;
    }

    private static void widen(StoredType type, MemorySegment stored, ByteBuffer target) {
        for (long position = 0; position < stored.byteSize(); position += type.bytes()) {
            type.copy(stored, position, target);
        }
    }

    private static void fill(String name, ReadableByteChannel channel, ByteBuffer target, long position)
            throws IOException {
        int from = target.position();
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) {
                throw new CorruptFileException(name, position + target.position() - from,
                        "the file ends here, %d bytes are missing".formatted(target.remaining()));
            }
        }
    }
}
