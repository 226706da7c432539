package dev.engram.encoders.statistics;

import java.util.List;

/**
 * Mean of a few independent trials with its 95 % interval by Student's t distribution: mean ± t(0.975; n − 1) · s / √n.
 *
 * @param trials n, at least 1
 * @param deviation s, with n - 1 in the denominator; 0 for one trial
 * @param low lower end; the mean for one trial, of which nothing follows
 * @param high upper end; likewise
 */
public record TrialInterval(int trials, double mean, double deviation, double low, double high) {
    private static final double TAIL = 0.025;

    /** @throws IllegalArgumentException if there is no value */
    public static TrialInterval of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a mean needs a trial");
        }
        double[] sample = values.stream().mapToDouble(Double::doubleValue).toArray();
        int n = sample.length;
        double mean = TwoSampleTest.mean(sample);
        if (n == 1) {
            return new TrialInterval(1, mean, 0, mean, mean);
        }
        double squares = 0;
        for (double value : sample) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / (n - 1));
        double half = StudentT.quantile(TAIL, n - 1) * deviation / Math.sqrt(n);
        return new TrialInterval(n, mean, deviation, mean - half, mean + half);
    }
}
