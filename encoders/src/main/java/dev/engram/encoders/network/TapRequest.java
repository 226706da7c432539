package dev.engram.encoders.network;

import dev.engram.encoders.engine.ProgramText;

/**
 * Asks a forward pass for the activation at a tap.
 *
 * @param path of the tap
 * @param reduction what of it comes back: one of {@link Reduction}, or one's own
 */
public record TapRequest(String path, TapReduction reduction) {
    /** The usual reductions. */
    public enum Reduction implements TapReduction {
        /** All of it, {@code [N, C, H, W]} or {@code [N, D]}. */
        NONE {
            @Override
            public String write(Tap tap, String activation, ProgramText text) {
                return text.let("torch.contiguous(%s)", activation);
            }
        },
        /** Mean over the positions, {@code [N, C]}; a vector stays as it is. */
        MEAN {
            @Override
            public String write(Tap tap, String activation, ProgramText text) {
                return tap.isVector() ? activation : text.let("torch.mean(%s, [2, 3], False)", activation);
            }
        },
        /** All of it as one vector an image in row-major order, {@code [N, C·H·W]}. */
        FLAT {
            @Override
            public String write(Tap tap, String activation, ProgramText text) {
                return tap.isVector() ? activation : text.let("torch.flatten(%s, 1, -1)", activation);
            }
        }
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
