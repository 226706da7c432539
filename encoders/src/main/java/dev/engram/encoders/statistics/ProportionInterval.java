package dev.engram.encoders.statistics;

/**
 * A share of n things with its 95 % interval by Wilson's score: E. B. Wilson, <em>Probable inference, the law of succession, and statistical
 * inference</em>, Journal of the American Statistical Association 22, 1927. Unlike the share ± 1.96 standard errors it stays in [0, 1] and has a
 * width also at 0 and 1.
 */
public record ProportionInterval(double value, double low, double high) {
    /** Of the standard normal distribution, what 2.5 % exceed. */
    private static final double Z = 1.959963984540054;

    /**
     * @param share in [0, 1]
     * @param n things it is a share of, at least 1
     */
    public static ProportionInterval of(double share, int n) {
        if (!(share >= 0 && share <= 1) || n < 1) {
            throw new IllegalArgumentException("no share of %d things: %s".formatted(n, share));
        }
        double center = share + Z * Z / (2 * n);
        double half = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4.0 * n * n));
        double scale = 1 + Z * Z / n;
        return new ProportionInterval(share, Math.clamp((center - half) / scale, 0, share), Math.clamp((center + half) / scale, share, 1));
    }

    /**
     * This share minus another, of other things: R. G. Newcombe, <em>Interval estimation for the difference between independent proportions</em>,
     * Statistics in Medicine 17, 1998, method 10.
     */
    public ProportionInterval minus(ProportionInterval other) {
        double difference = value - other.value;
        double down = Math.hypot(value - low, other.high - other.value);
        double up = Math.hypot(high - value, other.value - other.low);
        return new ProportionInterval(difference, difference - down, difference + up);
    }
}
