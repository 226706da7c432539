package dev.engram.encoders.random;

/**
 * The draws at one (seed, purpose, epoch, image, view), taken in order. Not thread-safe; made by {@link StatelessRandom#at}.
 *
 * <p>Every draw is bit-identical on all platforms: integer arithmetic, IEEE doubles and {@link StrictMath} only.
 */
public final class RandomStream {
    private static final double UNIT = 0x1p-53;

    private final int key0;
    private final int key1;
    private final int view;
    private final int epoch;
    private final int image;
    private final int[] words = new int[Philox4x32.WORDS];
    private int block;
    private int used = Philox4x32.WORDS;
    private double spareNormal;
    private boolean hasSpareNormal;

    RandomStream(int key0, int key1, int view, int epoch, int image) {
        this.key0 = key0;
        this.key1 = key1;
        this.view = view;
        this.epoch = epoch;
        this.image = image;
    }

    /** 32 uniform bits. */
    public int bits() {
        if (used == Philox4x32.WORDS) {
            Philox4x32.block(block++, view, epoch, image, key0, key1, words);
            used = 0;
        }
        return words[used++];
    }

    /** A double in [0, 1) with 53 random bits. */
    public double uniform() {
        long high = bits() & 0xFFFFFFFFL;
        long low = bits() & 0xFFFFFFFFL;
        return ((high << 21) ^ (low >>> 11)) * UNIT;
    }

    /** A double in [low, high); exactly {@code low} if both are equal. */
    public double uniform(double low, double high) {
        if (!(low <= high) || Double.isInfinite(high - low)) {
            throw new IllegalArgumentException("uniform: [" + low + ", " + high + ") is not a finite interval");
        }
        return low + (high - low) * uniform();
    }

    /** An integer in [0, bound), without bias (D. Lemire, "Fast random integer generation in an interval", 2019). */
    public int uniformInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("uniformInt: bound must be positive, was " + bound);
        }
        long product = (bits() & 0xFFFFFFFFL) * bound;
        if ((product & 0xFFFFFFFFL) < bound) {
            long refused = (1L << 32) % bound;
            while ((product & 0xFFFFFFFFL) < refused) {
                product = (bits() & 0xFFFFFFFFL) * bound;
            }
        }
        return (int) (product >>> 32);
    }

    /** An integer in [0, 2^31), for seeds and names derived from a stream. */
    public int nonNegativeInt() {
        return bits() >>> 1;
    }

    /** True with probability {@code p} in [0, 1]. */
    public boolean bernoulli(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("bernoulli: p must be in [0, 1], was " + p);
        }
        return uniform() < p;
    }

    /** A standard normal draw (Box and Muller, 1958). */
    public double normal() {
        if (hasSpareNormal) {
            hasSpareNormal = false;
            return spareNormal;
        }
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        double angle = 2 * Math.PI * uniform();
        spareNormal = radius * StrictMath.sin(angle);
        hasSpareNormal = true;
        return radius * StrictMath.cos(angle);
    }

    /** A uniformly drawn order of 0 … n-1. */
    public int[] permutation(int n) {
        if (n < 0) {
            throw new IllegalArgumentException("permutation: n must not be negative, was " + n);
        }
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        shuffle(order);
        return order;
    }

    /** Puts {@code values} into a uniformly drawn order, in place (Fisher and Yates; Durstenfeld 1964). */
    public void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = uniformInt(i + 1);
            int value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
    }

    /** {@code n} floats in [low, high), e.g. a uniform initialization. */
    public float[] uniformFloats(int n, double low, double high) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) uniform(low, high);
        }
        return values;
    }

    /** {@code n} floats of the normal distribution with the given mean and standard deviation. */
    public float[] normalFloats(int n, double mean, double deviation) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (mean + deviation * normal());
        }
        return values;
    }
}
