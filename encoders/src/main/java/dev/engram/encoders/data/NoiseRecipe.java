package dev.engram.encoders.data;

import static java.util.Objects.requireNonNull;

/**
 * What becomes noise in a data set, as in Arpit et al., "A Closer Look at Memorization in Deep Networks", ICML 2017, section 2, <a
 * href="https://arxiv.org/abs/1706.05394">arXiv:1706.05394</a>: all inputs are its randX, all labels its randY.
 *
 * @param seed everything follows from it and the images' ids
 * @param inputs share of images whose pixels become noise, in [0, 1]
 * @param labels share of images whose label is drawn anew, in [0, 1]
 * @param mayKeepLabel whether a new label may by chance be the old one, as in the paper
 * @param moments what the noise's mean and deviation are taken over
 * @param fromId the first image id that may become noisy
 * @param toId one beyond the last
 */
public record NoiseRecipe(
        long seed, double inputs, double labels, boolean mayKeepLabel, Moments moments, long fromId, long toId) {
    /** What mean and deviation are taken over; the paper does not say. */
    public enum Moments {
        /** One of each for a channel. */
        PER_CHANNEL,
        /** One of each. */
        OVERALL,
        /** One of each for every value [C, H, W] of an image. */
        PER_PIXEL
    }

    public NoiseRecipe {
        requireNonNull(moments, "moments");
        if (!(inputs >= 0 && inputs <= 1 && labels >= 0 && labels <= 1 && inputs + labels > 0)) {
            throw new IllegalArgumentException(
                    "noise: shares must be in [0, 1], one of them more than 0, were %s and %s".formatted(inputs, labels));
        }
        if (fromId < 0 || toId <= fromId) {
            throw new IllegalArgumentException("noise: ids need 0 <= from < to, were %d and %d".formatted(fromId, toId));
        }
    }
}
