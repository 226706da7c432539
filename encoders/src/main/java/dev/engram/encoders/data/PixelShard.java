package dev.engram.encoders.data;

import dev.engram.encoders.file.CorruptFileException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A file with the pixels of consecutive images of a set: safetensors with one tensor {@code pixels} U8 [n, C, H, W] behind a header
 * of always {@value #HEADER} bytes, so that it can be written before n is known.
 */
final class PixelShard {
    static final int HEADER = 256;

    private PixelShard() {}

    /** {@code pixels-00000.safetensors}, … */
    static String fileName(int shard) {
        return "pixels-%05d.safetensors".formatted(shard);
    }

    /** The header of a shard of {@code images} images, {@value #HEADER} bytes. */
    static ByteBuffer header(ImageShape shape, int images) {
        String json = "{\"pixels\":{\"dtype\":\"U8\",\"shape\":[%d,%d,%d,%d],\"data_offsets\":[0,%d]}}".formatted(
                images, shape.channels(), shape.height(), shape.width(), (long) images * shape.bytes());
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(utf8, HEADER - Long.BYTES);
        Arrays.fill(padded, utf8.length, padded.length, (byte) ' ');
        return ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN).putLong(padded.length).put(padded).flip();
    }

    /**
     * Maps a shard; its pixels are not looked at.
     *
     * @return the pixels alone
     * @throws CorruptFileException if it is not a shard of that many images of that shape
     */
    static MemorySegment map(Path file, ImageShape shape, int images) throws IOException {
        String name = file.getFileName().toString();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
            long expected = HEADER + (long) images * shape.bytes();
            if (bytes.byteSize() < expected) {
                throw new CorruptFileException(
                        name, bytes.byteSize(), "cut short: " + (expected - bytes.byteSize()) + " bytes are missing");
            }
            if (bytes.byteSize() > expected) {
                throw new CorruptFileException(name, expected, "more bytes than its images have");
            }
            if (!Arrays.equals(bytes.asSlice(0, HEADER).toArray(ValueLayout.JAVA_BYTE), header(shape, images).array())) {
                throw new CorruptFileException(name, 0, "not the header of %d images %s".formatted(images, shape));
            }
            return bytes.asSlice(HEADER);
        }
    }
}
