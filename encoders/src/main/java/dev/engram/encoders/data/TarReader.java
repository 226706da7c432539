package dev.engram.encoders.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Walks over the entries of a tar archive (POSIX ustar): enough for the archives data sets come in. */
final class TarReader {
    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;

    private final CountedInput input;
    private String name;
    private int size;
    private boolean taken = true;

    TarReader(CountedInput input) {
        this.input = input;
    }

    /** Moves to the next entry; false at the archive's end. */
    boolean next() throws IOException {
        if (!taken) {
            content();
        }
        long at = input.position();
        byte[] header = input.read(BLOCK, "a tar header");
        if (isZero(header)) {
            return false;
        }
        long sum = octal(header, CHECKSUM, CHECKSUM_LENGTH);
        Arrays.fill(header, CHECKSUM, CHECKSUM + CHECKSUM_LENGTH, (byte) ' ');
        long actual = 0;
        for (byte b : header) {
            actual += b & 0xFF;
        }
        long length = octal(header, SIZE, SIZE_LENGTH);
        if (sum != actual || length < 0 || length > Integer.MAX_VALUE - BLOCK) {
            throw input.corrupt(at, "not a tar header: its checksum or size is wrong");
        }
        name = text(header, 0, NAME_LENGTH);
        size = (int) length;
        taken = false;
        return true;
    }

    String name() {
        return name;
    }

    /** The bytes of the current entry; once per entry. */
    byte[] content() throws IOException {
        taken = true;
        byte[] bytes = input.read(size, name);
        input.read((BLOCK - size % BLOCK) % BLOCK, "the padding of " + name);
        return bytes;
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
