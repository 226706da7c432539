package dev.engram.encoders.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * An array of unsigned bytes in the IDX layout of the MNIST family, plain or gzipped: two zero bytes, a type byte (8), the
 * number of dimensions, each dimension as four bytes (most significant first), then the values, the last dimension fastest.
 *
 * @param dimensions at least one, none negative
 * @param values as many bytes as the product of the dimensions
 */
public record IdxArray(int[] dimensions, byte[] values) {
    private static final int UNSIGNED_BYTE = 0x08;
    private static final int MAGIC_BYTES = 4;

    /** @throws CorruptFileException if the file is cut short, too long, or not IDX bytes; names file and byte */
    public static IdxArray read(Path path) throws IOException {
        try (InputStream stream = Files.newInputStream(path)) {
            return read(stream, path.getFileName().toString());
        }
    }

    /** As {@link #read(Path)}; {@code file} is the name used in errors. The stream is not closed. */
    public static IdxArray read(InputStream stream, String file) throws IOException {
        CountedInput input = CountedInput.of(stream, file);
        byte[] magic = input.read(MAGIC_BYTES, "the magic number");
        if (magic[0] != 0 || magic[1] != 0) {
            throw new CorruptFileException(file, 0, "not an IDX file: the first two bytes must be zero");
        }
        if (magic[2] != UNSIGNED_BYTE) {
            throw new CorruptFileException(
                    file, 2, "IDX type must be 0x08 (unsigned byte), is 0x%02x".formatted(magic[2]));
        }
        int rank = magic[3];
        if (rank < 1) {
            throw new CorruptFileException(file, 3, "IDX needs at least one dimension, has " + rank);
        }
        int[] dimensions = new int[rank];
        long size = 1;
        for (int i = 0; i < rank; i++) {
            dimensions[i] = ByteBuffer.wrap(input.read(Integer.BYTES, "dimension " + i)).getInt();
            size *= dimensions[i];
            if (dimensions[i] < 0 || size > Integer.MAX_VALUE) {
                throw new CorruptFileException(
                        file,
                        MAGIC_BYTES + (long) Integer.BYTES * i,
                        "dimensions " + Arrays.toString(Arrays.copyOf(dimensions, i + 1)) + " are negative or exceed 2 GiB");
            }
        }
        byte[] values = input.read((int) size, "the values");
        input.expectEnd();
        return new IdxArray(dimensions, values);
    }
}
