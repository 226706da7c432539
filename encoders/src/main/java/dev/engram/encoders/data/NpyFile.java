package dev.engram.encoders.data;

import dev.engram.encoders.file.CorruptFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Index lists as NumPy stores them: version 1.0 of the .npy format, {@code <i8}, one dimension, C order (<a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>). Reads what {@code numpy.save} wrote
 * of such an array, also as {@code <i4}, with one column, or in version 2.0; writes the same bytes as it.
 */
public final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    private static final int SHORT_PREFIX = 10;
    private static final int LONG_PREFIX = 12;
    private static final Pattern DESCR = Pattern.compile("'descr':\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\((\\d+)\\s*,\\s*(1)?\\s*,?\\s*\\)");

    private NpyFile() {}

    /** Writes {@code <i8} of shape (n,), byte for byte as {@code numpy.save}. */
    public static Path write(Path file, long[] values) throws IOException {
        String header = "{'descr': '<i8', 'fortran_order': False, 'shape': (%d,), }".formatted(values.length);
        int room = SHORT_PREFIX + header.length() + 1;
        int length = Math.ceilDiv(room, ALIGNMENT) * ALIGNMENT - SHORT_PREFIX;
        ByteBuffer bytes = ByteBuffer.allocate(SHORT_PREFIX + length + values.length * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) length)
                .put((header + " ".repeat(length - header.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII));
        bytes.asLongBuffer().put(values);
        return Files.write(file, bytes.array());
    }

    /**
     * The values of a file's bytes.
     *
     * @param name of the file, for errors
     * @throws CorruptFileException if it is no list of integers, or not whole
     */
    public static long[] parse(String name, byte[] bytes) {
        if (bytes.length < LONG_PREFIX || !ByteBuffer.wrap(bytes, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw new CorruptFileException(name, "is no .npy file: does not begin with \\x93NUMPY");
        }
        ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int version = bytes[MAGIC.length];
        int prefix = version == 1 ? SHORT_PREFIX : LONG_PREFIX;
        if (version != 1 && version != 2) {
            throw new CorruptFileException(name, "byte %d: version %d of the .npy format is not known".formatted(MAGIC.length, version));
        }
        long length = version == 1 ? data.getShort(MAGIC.length + 2) & 0xFFFF : data.getInt(MAGIC.length + 2) & 0xFFFFFFFFL;
        if (prefix + length > bytes.length) {
            throw new CorruptFileException(name, "byte %d: the header has %d bytes, the file ends before".formatted(prefix, length));
        }
        String header = new String(bytes, prefix, (int) length, StandardCharsets.ISO_8859_1);
        return values(name, header, data.position(prefix + (int) length).slice().order(ByteOrder.LITTLE_ENDIAN));
    }

    private static long[] values(String name, String header, ByteBuffer data) {
        String type = find(name, DESCR, header);
        boolean wide = type.equals("<i8");
        if (!wide && !type.equals("<i4")) {
            throw new CorruptFileException(name, "holds %s, an index list is <i8 or <i4".formatted(type));
        }
        if (find(name, ORDER, header).equals("True")) {
            throw new CorruptFileException(name, "is in Fortran's order");
        }
        long count = Long.parseLong(find(name, SHAPE, header));
        if (count * (wide ? Long.BYTES : Integer.BYTES) != data.remaining()) {
            throw new CorruptFileException(name, "should hold %d values, has %d bytes of them".formatted(count, data.remaining()));
        }
        long[] values = new long[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = wide ? data.getLong() : data.getInt();
        }
        return values;
    }

    private static String find(String name, Pattern pattern, String header) {
        Matcher found = pattern.matcher(header);
        if (!found.find()) {
            throw new CorruptFileException(name, "is no list of integers: its header is " + header.strip());
        }
        return found.group(1);
    }
}
