package dev.engram.encoders.data;

import dev.engram.encoders.file.CorruptFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The header of an array of unsigned bytes in the IDX layout of the MNIST family: two zero bytes, a type byte (8), the number of
 * dimensions, each dimension as four bytes (most significant first); the values follow, the last dimension fastest.
 */
final class IdxHeader {
    private static final int UNSIGNED_BYTE = 0x08;
    private static final int MAGIC_BYTES = 4;
    private static final long LARGEST = 1L << 40;

    private IdxHeader() {}

    /**
     * Reads the dimensions, at least one, none negative.
     *
     * @throws CorruptFileException if the file is cut short or not IDX bytes; names file and byte
     */
    static int[] dimensions(CountedInput input, String file) throws IOException {
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
            if (dimensions[i] < 0 || dimensions[i] > 0 && size > LARGEST / dimensions[i]) {
                throw new CorruptFileException(
                        file,
                        MAGIC_BYTES + (long) Integer.BYTES * i,
                        "dimensions " + Arrays.toString(Arrays.copyOf(dimensions, i + 1)) + " are negative or too large");
            }
            size *= dimensions[i];
        }
        return dimensions;
    }
}
