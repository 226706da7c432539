package dev.engram.encoders.optim;

/**
 * A learning rate that rises linearly from 0 and then falls along half a cosine.
 *
 * @param peak the highest rate, positive
 * @param warmupSteps steps until the peak, 0 … totalSteps
 * @param totalSteps steps until the end, at least 1
 * @param finalFraction the last rate as a fraction of the peak, in [0, 1]
 */
public record WarmupCosine(double peak, long warmupSteps, long totalSteps, double finalFraction) implements Schedule {
    /** Batch size that a base rate is quoted for. */
    private static final double REFERENCE_BATCH = 256;

    public WarmupCosine {
        Ranges.checkPositive("learning rate", peak);
        Ranges.checkTotal(totalSteps);
        Ranges.require(
                warmupSteps >= 0 && warmupSteps <= totalSteps,
                "warm-up steps must be 0 to %d, are %d".formatted(totalSteps, warmupSteps));
        Ranges.checkFraction("final fraction", finalFraction);
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

    @Override
    public double at(long step) {
        return new Warmup(0, warmupSteps, new CosineSchedule(peak, peak * finalFraction, totalSteps - warmupSteps)).at(step);
    }
}
