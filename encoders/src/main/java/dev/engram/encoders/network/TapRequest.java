package dev.engram.encoders.network;

/**
 * Asks a forward pass for the activation at a tap.
 *
 * @param path of the tap
 * @param reduction what of it comes back
 */
public record TapRequest(String path, Reduction reduction) {
    /** What of an activation comes back. */
    public enum Reduction {
        /** All of it, {@code [N, C, H, W]} or {@code [N, D]}. */
        NONE,
        /** Mean over the positions, {@code [N, C]}; a vector stays as it is. */
        MEAN,
        /** All of it as one vector an image in row-major order, {@code [N, C·H·W]}. */
        FLAT
    }

    /** The whole activation. */
    public static TapRequest raw(String path) {
        return new TapRequest(path, Reduction.NONE);
    }

    /** The activation averaged over its positions. */
    public static TapRequest mean(String path) {
        return new TapRequest(path, Reduction.MEAN);
    }

    /** The activation as one vector an image. */
    public static TapRequest flat(String path) {
        return new TapRequest(path, Reduction.FLAT);
    }
}
