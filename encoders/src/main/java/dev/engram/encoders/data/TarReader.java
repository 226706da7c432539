package dev.engram.encoders.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over the files in a tar archive: POSIX ustar with pax headers, and GNU's long names. Nothing is ever unpacked, so a name
 * is only a name, whatever it holds.
 */
final class TarReader {
    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final int TYPE = 156;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final int PREFIX_LENGTH = 155;
    private static final int LARGEST_EXTENSION = 1 << 20;
    private static final int SKIPPED = 1 << 16;

    private final CountedInput input;
    private String name;
    private long size;
    private long unread;
    private long padding;
    private long at;

    TarReader(CountedInput input) {
        this.input = input;
    }

    /** Whether a file is named as archives are. */
    static boolean isArchive(String fileName) {
        String lower = fileName.toLowerCase(java.util.Locale.ROOT);
        return lower.endsWith(".tar") || lower.endsWith(".tar.gz") || lower.endsWith(".tgz");
    }

    /** Moves to the next file; false at the archive's end. */
    boolean next() throws IOException {
        String longName = null;
        while (true) {
            skip();
            at = input.position();
            byte[] header = input.read(BLOCK, "a tar header");
            if (isZero(header)) {
                return false;
            }
            check(header);
            size = octal(header, SIZE, SIZE_LENGTH);
            unread = size;
            padding = (BLOCK - size % BLOCK) % BLOCK;
            switch (header[TYPE]) {
                case 'x' -> longName = PaxHeader.path(extension()).orElse(longName);
                case 'L' -> longName = text(extension(), 0, (int) size);
                case '0', 0, '7' -> {
                    name = longName != null ? longName : headerName(header);
                    return true;
                }
                default -> longName = null;
            }
        }
    }

    /** As it is in the archive; never to be used as a path. */
    String name() {
        return name;
    }

    /** Bytes of the current file, as its header says. */
    long size() {
        return size;
    }

    /** Where the current file's header begins. */
    long position() {
        return at;
    }

    /** The rest of the current file. It grows as it is read: a false size costs no memory. */
    byte[] content() throws IOException {
        if (unread > Integer.MAX_VALUE - BLOCK) {
            throw input.corrupt(at, name + " has " + size + " bytes, too many to be read at once");
        }
        byte[] bytes = input.read((int) unread, name);
        unread = 0;
        return bytes;
    }

    /** The current file as a stream; valid until {@link #next}. */
    InputStream stream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] target, int from, int count) throws IOException {
                if (count == 0) {
                    return 0;
                }
                if (unread == 0) {
                    return -1;
                }
                byte[] bytes = input.read((int) Math.min(count, unread), name);
                System.arraycopy(bytes, 0, target, from, bytes.length);
                unread -= bytes.length;
                return bytes.length;
            }
        };
    }

    private void skip() throws IOException {
        for (unread += padding, padding = 0; unread > 0; ) {
            unread -= input.read((int) Math.min(SKIPPED, unread), name == null ? "an entry" : name).length;
        }
    }

    private byte[] extension() throws IOException {
        if (size > LARGEST_EXTENSION) {
            throw input.corrupt(at, "a header of %d bytes, more than %d".formatted(size, LARGEST_EXTENSION));
        }
        return content();
    }

    private void check(byte[] header) throws IOException {
        long sum = octal(header, CHECKSUM, CHECKSUM_LENGTH);
        byte[] blank = header.clone();
        Arrays.fill(blank, CHECKSUM, CHECKSUM + CHECKSUM_LENGTH, (byte) ' ');
        long actual = 0;
        for (byte b : blank) {
            actual += b & 0xFF;
        }
        if (sum != actual || octal(header, SIZE, SIZE_LENGTH) < 0) {
            throw input.corrupt(at, "not a tar header: its checksum or size is wrong");
        }
    }

    private static String headerName(byte[] header) {
        String prefix = text(header, MAGIC, 5).equals("ustar") && header[MAGIC + 5] == 0 ? text(header, PREFIX, PREFIX_LENGTH) : "";
        String name = text(header, 0, NAME_LENGTH);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** The octal number in a field, -1 if there is none. */
    private static long octal(byte[] block, int from, int length) {
        String digits = text(block, from, length).strip();
        return digits.matches("[0-7]{1,12}") ? Long.parseLong(digits, 8) : -1;
    }

    private static String text(byte[] block, int from, int length) {
        int end = from;
        while (end < from + length && block[end] != 0) {
            end++;
        }
        return new String(block, from, end - from, StandardCharsets.UTF_8);
    }
}
