package dev.engram.encoders.optim;

/**
 * What training with DP-SGD has spent of its privacy: an upper bound of ε for a given δ.
 *
 * <p>Each step draws every image by itself with probability q, clips each image's gradient to length C and adds Gaussian noise of
 * deviation σC to their sum: M. Abadi et al., "Deep Learning with Differential Privacy", CCS 2016,
 * <a href="https://arxiv.org/abs/1607.00133">arXiv 1607.00133</a>. Its Rényi divergence of whole order α is log A(α) / (α − 1) with A(α) = Σ_k
 * C(α, k) (1 − q)^(α−k) q^k exp(k(k − 1) / 2σ²): I. Mironov, K. Talwar, L. Zhang, "Rényi Differential Privacy of the Sampled Gaussian
 * Mechanism", 2019, <a href="https://arxiv.org/abs/1908.10530">arXiv 1908.10530</a>, section 3.3. Divergences of steps add up; the conversion to ε
 * is theorem 21 of B. Balle et al., "Hypothesis Testing Interpretations and Rényi Differential Privacy", AISTATS 2020,
 * <a href="https://arxiv.org/abs/1905.09982">arXiv 1905.09982</a>, at the best order of 2 to {@value #LARGEST_ORDER}. Whole orders alone make the
 * bound a little looser where ε is large, never wrong.
 */
public final class RenyiAccountant {
    private static final int LARGEST_ORDER = 256;

    private final double[] divergences = new double[LARGEST_ORDER + 1];

    /**
     * @param samplingRate q, in (0, 1]
     * @param noiseMultiplier σ, positive
     */
    public RenyiAccountant(double samplingRate, double noiseMultiplier) {
        Ranges.require(samplingRate > 0 && samplingRate <= 1, "sampling rate must be in (0, 1], is " + samplingRate);
        Ranges.checkPositive("noise multiplier", noiseMultiplier);
        double[] logFactorials = logFactorials();
        for (int order = 2; order <= LARGEST_ORDER; order++) {
            divergences[order] = divergence(order, samplingRate, noiseMultiplier, logFactorials);
        }
    }

    /**
     * ε after some steps.
     *
     * @param steps at least 0
     * @param delta δ, in (0, 1)
     * @return at least 0; 0 before the first step
     */
    public double epsilon(long steps, double delta) {
        Ranges.require(steps >= 0, "steps must be at least 0, are " + steps);
        Ranges.require(delta > 0 && delta < 1, "delta must be in (0, 1), is " + delta);
        if (steps == 0) {
            return 0;
        }
        double best = Double.POSITIVE_INFINITY;
        for (int order = 2; order <= LARGEST_ORDER; order++) {
            double epsilon = steps * divergences[order]
                    + Math.log1p(-1.0 / order)
                    - (Math.log(delta) + Math.log(order)) / (order - 1);
            best = Math.min(best, epsilon);
        }
        return Math.max(0, best);
    }

    /** Of one step. */
    private static double divergence(int order, double q, double sigma, double[] logFactorials) {
        if (q == 1) {
            return order / (2 * sigma * sigma);
        }
        double logSum = Double.NEGATIVE_INFINITY;
        for (int k = 0; k <= order; k++) {
            double logBinomial = logFactorials[order] - logFactorials[k] - logFactorials[order - k];
            double term = logBinomial
                    + k * Math.log(q)
                    + (order - k) * Math.log1p(-q)
                    + k * (k - 1.0) / (2 * sigma * sigma);
            logSum = logAdd(logSum, term);
        }
        return logSum / (order - 1);
    }

    private static double logAdd(double a, double b) {
        double high = Math.max(a, b);
        return high == Double.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(Math.min(a, b) - high));
    }

    private static double[] logFactorials() {
        double[] logs = new double[LARGEST_ORDER + 1];
        for (int n = 1; n < logs.length; n++) {
            logs[n] = logs[n - 1] + Math.log(n);
        }
        return logs;
    }
}
