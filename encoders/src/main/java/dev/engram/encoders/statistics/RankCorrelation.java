package dev.engram.encoders.statistics;

/**
 * How alike two rankings of the same things are.
 *
 * @param value in [-1, 1]; NaN if one of the rankings has a single value only
 * @param p two-sided, of the hypothesis that the rankings are independent; NaN where {@code value} is
 */
public record RankCorrelation(double value, double p) {
    /** Where there is no correlation to speak of. */
    public static final RankCorrelation NONE = new RankCorrelation(Double.NaN, Double.NaN);

    static void requirePairs(double[] first, double[] second) {
        if (first.length != second.length || first.length < 2) {
            throw new IllegalArgumentException(
                    "two rankings of the same things, at least 2, were of %d and %d".formatted(first.length, second.length));
        }
    }
}
