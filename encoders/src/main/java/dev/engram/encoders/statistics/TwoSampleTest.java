package dev.engram.encoders.statistics;

/**
 * Whether two samples have equal means: Student's two-sample t (equal variances), Welch's t, and Cohen's d.
 *
 * <p>On thousands of images every difference is significant; {@code effect} says whether it matters. If neither sample varies,
 * t is 0 for equal means (p = 0.5 one-sided, 1 two-sided) and infinite otherwise (p = 0 or 1); the effect likewise.
 *
 * @param difference mean of the first sample minus that of the second
 * @param t Student's statistic with n + m - 2 degrees of freedom
 * @param p its p-value
 * @param welchT Welch's statistic (B. L. Welch, Biometrika 1947), degrees of freedom by Satterthwaite
 * @param welchP its p-value
 * @param effect Cohen's d: the difference in units of the pooled standard deviation
 */
public record TwoSampleTest(double difference, double t, double p, double welchT, double welchP, double effect) {

    /** What the first mean is held against the second. */
    public enum Alternative {
        /** The first mean is greater. */
        GREATER,
        /** The means differ. */
        TWO_SIDED
    }

    /**
     * Tests {@code first} against {@code second}.
     *
     * @throws IllegalArgumentException if a sample has fewer than two values
     */
    public static TwoSampleTest of(double[] first, double[] second, Alternative alternative) {
        if (first.length < 2 || second.length < 2) {
            throw new IllegalArgumentException(
                    "a two-sample test needs two values a sample, got %d and %d".formatted(first.length, second.length));
        }
        int n = first.length;
        int m = second.length;
        double difference = mean(first) - mean(second);
        double varianceN = variance(first);
        double varianceM = variance(second);
        double pooled = ((n - 1) * varianceN + (m - 1) * varianceM) / (n + m - 2);
        double t = ratio(difference, Math.sqrt(pooled * (1.0 / n + 1.0 / m)));
        double errorN = varianceN / n;
        double errorM = varianceM / m;
        double welchT = ratio(difference, Math.sqrt(errorN + errorM));
        double welchFreedom = (errorN + errorM) == 0
                ? n + m - 2
                : (errorN + errorM) * (errorN + errorM) / (errorN * errorN / (n - 1) + errorM * errorM / (m - 1));
        return new TwoSampleTest(
                difference,
                t,
                pValue(t, n + m - 2, alternative),
                welchT,
                pValue(welchT, welchFreedom, alternative),
                ratio(difference, Math.sqrt(pooled)));
    }

    /** The arithmetic mean, Kahan-summed. */
    public static double mean(double[] values) {
        double sum = 0;
        double compensation = 0;
        for (double value : values) {
            double addend = value - compensation;
            double next = sum + addend;
            compensation = (next - sum) - addend;
            sum = next;
        }
        return sum / values.length;
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / (values.length - 1);
    }

    private static double ratio(double difference, double scale) {
        return difference == 0 && scale == 0 ? 0 : difference / scale;
    }

    private static double pValue(double t, double freedom, Alternative alternative) {
        return switch (alternative) {
            case GREATER -> t >= 0 ? StudentT.upperTail(t, freedom) : 1 - StudentT.upperTail(-t, freedom);
            case TWO_SIDED -> 2 * StudentT.upperTail(Math.abs(t), freedom);
        };
    }
}
