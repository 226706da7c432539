package dev.engram.encoders.statistics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Objects;

/**
 * Sums of floats without any rounding, one per slot, so that neither order nor sharding changes a bit of the result.
 *
 * <p>A float is an integer of 24 bits times 2<sup>e-149</sup>. Each slot holds the sum as a fixed-point number of unit
 * 2<sup>-149</sup>, in nine digits of 32 bits whose carries stay in their own 64-bit words until the end (the "small
 * superaccumulator" of R. Neal, "Fast exact summation using small and large superaccumulators", arXiv:1505.05571). Adding and
 * merging are integer additions, which commute. 72 bytes a slot; about 3 ns an addend; at most 2<sup>31</sup>-1 addends a slot.
 */
public final class ExactSums {
    private static final int DIGITS = 9;
    private static final int DIGIT_BITS = 32;
    private static final long DIGIT_MASK = 0xFFFFFFFFL;
    private static final int MANTISSA_BITS = 23;
    private static final int UNIT_EXPONENT = -149;

    private final int slots;
    private final long[] digits;

    /** {@code slots} sums, all 0. */
    public ExactSums(int slots) {
        if (slots < 1) {
            throw new IllegalArgumentException("slots: must be at least 1, was " + slots);
        }
        this.slots = slots;
        this.digits = new long[Math.multiplyExact(slots, DIGITS)];
    }

    /** The number of sums. */
    public int slots() {
        return slots;
    }

    /**
     * Adds {@code value} to one sum.
     *
     * @throws IllegalArgumentException if {@code value} is infinite or NaN
     */
    public void add(int slot, float value) {
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException("slot " + slot + ": cannot add " + value);
        }
        int bits = Float.floatToRawIntBits(value);
        int exponent = (bits >>> MANTISSA_BITS) & 0xFF;
        long mantissa = bits & ((1 << MANTISSA_BITS) - 1);
        if (exponent > 0) {
            mantissa |= 1L << MANTISSA_BITS;
            exponent--;
        }
        long shifted = mantissa << (exponent & (DIGIT_BITS - 1));
        int digit = Objects.checkIndex(slot, slots) * DIGITS + (exponent >>> 5);
        if (bits < 0) {
            digits[digit] -= shifted & DIGIT_MASK;
            digits[digit + 1] -= shifted >>> DIGIT_BITS;
            return;
        }
        digits[digit] += shifted & DIGIT_MASK;
        digits[digit + 1] += shifted >>> DIGIT_BITS;
    }

    /** Adds every sum of {@code other}, which must have as many slots. */
    public void merge(ExactSums other) {
        if (other.slots != slots) {
            throw new IllegalArgumentException("cannot merge %d sums into %d".formatted(other.slots, slots));
        }
        for (int i = 0; i < digits.length; i++) {
            digits[i] += other.digits[i];
        }
    }

    /** One sum, rounded once to the nearest double. */
    public double value(int slot) {
        return toDouble(exact(slot));
    }

    /** One sum less {@code value}, rounded once: what is left when one addend is taken out again. */
    public double valueWithout(int slot, float value) {
        ExactSums single = new ExactSums(1);
        single.add(0, value);
        return toDouble(exact(slot).subtract(single.exact(0)));
    }

    private BigInteger exact(int slot) {
        int first = Objects.checkIndex(slot, slots) * DIGITS;
        BigInteger sum = BigInteger.ZERO;
        for (int i = DIGITS - 1; i >= 0; i--) {
            sum = sum.shiftLeft(DIGIT_BITS).add(BigInteger.valueOf(digits[first + i]));
        }
        return sum;
    }

    private static double toDouble(BigInteger units) {
        return Math.scalb(units.doubleValue(), UNIT_EXPONENT);
    }

    /** Writes the digits; {@link #read} restores the same bits. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(slots);
        for (long digit : digits) {
            out.writeLong(digit);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static ExactSums read(DataInput in) throws IOException {
        ExactSums sums = new ExactSums(in.readInt());
        for (int i = 0; i < sums.digits.length; i++) {
            sums.digits[i] = in.readLong();
        }
        return sums;
    }
}
