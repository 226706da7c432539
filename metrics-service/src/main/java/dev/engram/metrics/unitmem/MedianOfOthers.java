package dev.engram.metrics.unitmem;

import java.util.Arrays;

/**
 * UnitMem with the median of the other images' mean activations instead of their mean: what the published code computes. The
 * paper reports that both give similar rankings (its Figure 8). A median cannot be streamed: all mean activations of one unit
 * are needed at once.
 */
public final class MedianOfOthers {
    private MedianOfOthers() {}

    /**
     * @param means the unit's mean activation for each image, at least 2; sorted in place
     * @throws IllegalStateException if there are fewer than two images
     */
    public static UnitMem unitMem(float[] means) {
        UnitActivations.requireTwoImages(means.length);
        Arrays.sort(means);
        int others = means.length - 1;
        double median = (means[(others - 1) / 2] + (double) means[others / 2]) / 2;
        return new UnitMem(means[others] + 0f, median);
    }
}
