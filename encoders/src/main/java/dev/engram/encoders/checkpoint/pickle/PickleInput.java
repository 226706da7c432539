package dev.engram.encoders.checkpoint.pickle;

import dev.engram.encoders.checkpoint.MemoryBudget;
import dev.engram.encoders.file.CorruptFileException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read forward. Sizes are compared with what is there before anything of that size is made. */
final class PickleInput {
    private static final ValueLayout.OfDouble BIG_DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    /** Names, numbers and old texts are written as lines; PyTorch's are short. */
    private static final int LONGEST_LINE = 1 << 16;
    private static final int LONGEST_NUMBER = 16;
    private static final int LONGEST_DIGITS = 40;

    private final String file;
    private final MemorySegment bytes;
    private final MemoryBudget budget;
    private long position;

    PickleInput(String file, MemorySegment bytes, long position, MemoryBudget budget) {
        this.file = file;
        this.bytes = bytes;
        this.position = position;
        this.budget = budget;
    }

    long position() {
        return position;
    }

    CorruptFileException corrupt(long at, String problem) {
        return new CorruptFileException(file, at, problem);
    }

    int unsignedByte() {
        return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, advance(1)));
    }

    /** A little-endian number of {@code count} bytes, at most 8; the highest bit of 8 is its sign. */
    long number(int count) {
        long start = advance(count);
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | Byte.toUnsignedLong(bytes.get(ValueLayout.JAVA_BYTE, start + i));
        }
        return value;
    }

    double bigEndianDouble() {
        return bytes.get(BIG_DOUBLE, advance(Double.BYTES));
    }

    String text(long length, Charset charset) {
        return new String(bytes(length), charset);
    }

    byte[] bytes(long length) {
        long start = advance(length);
        budget.charge(3 * length, start);
        return bytes.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE);
    }

    /** A two's complement number; one that is too long to count anything is none. */
    Object longNumber(long length) {
        if (length > LONGEST_NUMBER) {
            advance(length);
            return PickleNone.NONE;
        }
        byte[] little = bytes(length);
        byte[] big = new byte[little.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = little[little.length - 1 - i];
        }
        BigInteger value = big.length == 0 ? BigInteger.ZERO : new BigInteger(big);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    /** What is before the next line feed. */
    String line() {
        long start = position;
        long most = Math.min(bytes.byteSize(), start + LONGEST_LINE);
        for (long at = start; at < most; at++) {
            if (bytes.get(ValueLayout.JAVA_BYTE, at) == '\n') {
                String line = text(at - start, StandardCharsets.UTF_8);
                advance(1);
                return line;
            }
        }
        throw corrupt(start, "a line that does not end within %d bytes".formatted(LONGEST_LINE));
    }

    /** A decimal number on a line, a trailing L aside. */
    Object decimalLine() {
        long at = position;
        String line = line();
        String digits = line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
        if (digits.length() > LONGEST_DIGITS) {
            return PickleNone.NONE;
        }
        try {
            BigInteger value = new BigInteger(digits);
            return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
        } catch (NumberFormatException e) {
            throw corrupt(at, "\"" + digits + "\" is no number");
        }
    }

    /** Skips bytes and returns where they began. */
    long advance(long count) {
        long start = position;
        if (count < 0 || count > bytes.byteSize() - start) {
            throw corrupt(start, "%d bytes are needed here, the pickle ends after %d".formatted(count, bytes.byteSize() - start));
        }
        position = start + count;
        return start;
    }
}
