package dev.engram.encoders.statistics;

import java.util.Arrays;

/**
 * A figure over a few independent repetitions: mean, standard deviation (n − 1) and the 95 % interval of the mean by Student's t with n − 1
 * degrees of freedom. For the two or three seeds of most papers the interval is wide: 12.7 and 4.3 standard errors to each side.
 */
public record SeedInterval(double mean, double std, double low, double high) {
    private static final double TAIL = 0.025;

    /** @param values at least 2 */
    public static SeedInterval of(double[] values) {
        if (values.length < 2) {
            throw new IllegalArgumentException("values: an interval needs at least 2, got " + values.length);
        }
        double mean = TwoSampleTest.mean(values);
        double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
        double std = Math.sqrt(squares / (values.length - 1));
        double half = StudentT.quantile(TAIL, values.length - 1) * std / Math.sqrt(values.length);
        return new SeedInterval(mean, std, mean - half, mean + half);
    }
}
