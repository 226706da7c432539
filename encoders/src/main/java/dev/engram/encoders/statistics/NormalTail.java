package dev.engram.encoders.statistics;

/**
 * Tail of the standard normal distribution.
 *
 * <p>erfc by the series of erf for small arguments (NIST Digital Library of Mathematical Functions, 7.6.1) and its continued fraction
 * for large ones (7.9.2, evaluated from behind). Relative error below 1e-12 down to the smallest numbers there are.
 */
final class NormalTail {
    private static final double SERIES_BELOW = 2;
    private static final int TERMS = 200;

    private NormalTail() {}

    /** P(|Z| &gt; |z|). */
    static double twoSided(double z) {
        return erfc(Math.abs(z) / Math.sqrt(2));
    }

    private static double erfc(double x) {
        return x < SERIES_BELOW ? 1 - erf(x) : Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction(x);
    }

    private static double erf(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < TERMS && Math.abs(term) > 1e-18 * sum; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    /** x + (1/2)/(x + (2/2)/(x + (3/2)/(x + ...))). */
    private static double fraction(double x) {
        double value = x;
        for (int n = TERMS; n >= 1; n--) {
            value = x + n / 2.0 / value;
        }
        return value;
    }
}
