package dev.engram.encoders.augment;

/**
 * Normal draws by look-up: entry k of 65,536 is the normal quantile of (k + ½) / 65,536, so a uniform 16-bit number picks a draw that is the
 * same on every device. Mean exactly 0, deviation 0.99998, largest value 4.32.
 */
final class NormalTable {
    static final int SIZE = 1 << 16;

    private static final float[] VALUES = compute();

    private NormalTable() {}

    /** The entries, ascending; not to be changed. */
    static float[] values() {
        return VALUES;
    }

    private static float[] compute() {
        float[] values = new float[SIZE];
        for (int k = 0; k < SIZE / 2; k++) {
            values[SIZE - 1 - k] = (float) upperQuantile((k + 0.5) / SIZE);
            values[k] = -values[SIZE - 1 - k];
        }
        return values;
    }

    /** x > 0 with P(X > x) = tail, for tail in (0, ½): a rational start (Abramowitz and Stegun 26.2.23), then Newton's method. */
    private static double upperQuantile(double tail) {
        double t = StrictMath.sqrt(-2 * StrictMath.log(tail));
        double x = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
        for (int i = 0; i < 4; i++) {
            double density = StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * StrictMath.PI);
            x += (upperTail(x) - tail) / density;
        }
        return x;
    }

    /** P(X > x) for x >= 0: the series of the central part, the continued fraction of the tail. */
    private static double upperTail(double x) {
        double density = StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * StrictMath.PI);
        if (x < 3) {
            double term = x;
            double sum = x;
            for (int k = 1; term > 1e-17 * sum; k++) {
                term *= x * x / (2 * k + 1);
                sum += term;
            }
            return 0.5 - density * sum;
        }
        double fraction = x;
        for (int k = 60; k > 0; k--) {
            fraction = x + k / fraction;
        }
        return density / fraction;
    }
}
