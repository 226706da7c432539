package dev.engram.encoders.statistics;

/** Student's t distribution. */
public final class StudentT {
    private static final int HALVINGS = 200;

    private StudentT() {}

    /**
     * P(T &gt; t) for t &gt;= 0.
     *
     * @param freedom degrees of freedom, above 0, not necessarily whole
     */
    public static double upperTail(double t, double freedom) {
        if (Double.isInfinite(t)) {
            return 0;
        }
        return IncompleteBeta.regularized(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
    }

    /**
     * The t that is exceeded with probability {@code tail}, by bisection to the last bits.
     *
     * @param tail in (0, 0.5]
     * @param freedom degrees of freedom, at least 1
     */
    public static double quantile(double tail, double freedom) {
        if (!(tail > 0 && tail <= 0.5) || !(freedom >= 1)) {
            throw new IllegalArgumentException("no quantile of tail %s at %s degrees of freedom".formatted(tail, freedom));
        }
        double low = 0;
        double high = 1;
        while (upperTail(high, freedom) > tail) {
            high *= 2;
        }
        for (int i = 0; i < HALVINGS && high - low > Math.ulp(high); i++) {
            double middle = (low + high) / 2;
            if (upperTail(middle, freedom) > tail) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
