package dev.engram.encoders.optim;

/**
 * A value that goes from {@code first} to {@code peak} and then to {@code last}, each along half a cosine: the learning rate,
 * and upside down the momentum, of PyTorch's {@code OneCycleLR}.
 *
 * <p>L. Smith, N. Topin, "Super-Convergence", 2018, <a href="https://arxiv.org/abs/1708.07120">arXiv 1708.07120</a>. As in PyTorch
 * the peak is at step {@code riseShare · totalSteps − 1}, which need not be whole, and the last value at {@code totalSteps − 1}.
 *
 * @param first value at step 0
 * @param peak value at the peak
 * @param last value at the end
 * @param totalSteps at least 1
 * @param riseShare share of the steps until the peak, in (0, 1)
 */
public record OneCycle(double first, double peak, double last, long totalSteps, double riseShare) implements Schedule {
    public OneCycle {
        Ranges.checkTotal(totalSteps);
        Ranges.require(riseShare > 0 && riseShare < 1, "share of the rise must be in (0, 1), is " + riseShare);
    }

    /**
     * The learning rate by PyTorch's parameters.
     *
     * @param peak {@code max_lr}, positive
     * @param divisor {@code div_factor}: peak by first, positive
     * @param finalDivisor {@code final_div_factor}: first by last, positive
     */
    public static OneCycle rate(double peak, double divisor, double finalDivisor, long totalSteps, double riseShare) {
        Ranges.checkPositive("learning rate", peak);
        Ranges.checkPositive("divisor", divisor);
        Ranges.checkPositive("final divisor", finalDivisor);
        return new OneCycle(peak / divisor, peak, peak / divisor / finalDivisor, totalSteps, riseShare);
    }

    /** The momentum: {@code atEnds} first and last, {@code atPeak} where the learning rate peaks. */
    public static OneCycle momentum(double atPeak, double atEnds, long totalSteps, double riseShare) {
        Ranges.checkMomentum("momentum at the peak", atPeak);
        Ranges.checkMomentum("momentum at both ends", atEnds);
        return new OneCycle(atEnds, atPeak, atEnds, totalSteps, riseShare);
    }

    @Override
    public double at(long step) {
        double top = riseShare * totalSteps - 1;
        double end = totalSteps - 1;
        if (step <= top) {
            return between(first, peak, step / top);
        }
        return end <= top ? last : between(peak, last, Math.min(1, (step - top) / (end - top)));
    }

    private static double between(double from, double to, double progress) {
        return to + (from - to) / 2 * (1 + Math.cos(Math.PI * progress));
    }
}
