package dev.engram.encoders.optim;

/**
 * A learning rate that rises linearly from 0 and then falls along half a cosine.
 *
 * @param peak the highest rate, positive
 * @param warmupSteps steps until the peak, 0 … totalSteps
 * @param totalSteps steps until the end, at least 1
 * @param finalFraction the last rate as a fraction of the peak, in [0, 1]
 */
public record WarmupCosine(double peak, long warmupSteps, long totalSteps, double finalFraction) {
    /** Batch size that a base rate is quoted for. */
    private static final double REFERENCE_BATCH = 256;

    public WarmupCosine {
        if (!(peak > 0) || Double.isInfinite(peak)) {
            throw new IllegalArgumentException("learning rate must be positive, is " + peak);
        }
        if (totalSteps < 1) {
            throw new IllegalArgumentException("total steps must be at least 1, are " + totalSteps);
        }
        if (warmupSteps < 0 || warmupSteps > totalSteps) {
            throw new IllegalArgumentException(
                    "warm-up steps must be 0 to %d, are %d".formatted(totalSteps, warmupSteps));
        }
        if (!(finalFraction >= 0 && finalFraction <= 1)) {
            throw new IllegalArgumentException("final fraction must be in [0, 1], is " + finalFraction);
        }
    }

    /**
     * The recipe of self-supervised training: peak = {@code baseRate · batch / 256}, down to a thousandth of it.
     *
     * @param images in one epoch
     * @param warmupEpochs ten in most papers
     */
    public static WarmupCosine of(double baseRate, int batch, long images, int warmupEpochs, int epochs) {
        return new WarmupCosine(
                baseRate * batch / REFERENCE_BATCH, warmupEpochs * images / batch, epochs * images / batch, 0.001);
    }

    /** The rate for step {@code step}, counted from 0; after the end, the last rate. */
    public double at(long step) {
        if (step < warmupSteps) {
            return peak * step / warmupSteps;
        }
        long falling = totalSteps - warmupSteps;
        double progress = falling == 0 ? 1 : Math.min(1, (double) (step - warmupSteps) / falling);
        double last = peak * finalFraction;
        return last + (peak - last) * (1 + Math.cos(Math.PI * progress)) / 2;
    }
}
