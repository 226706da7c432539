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
        /** All of it, {@code [N, C, H, W]}, {@code [N, T, D]} or {@code [N, D]}. */
        NONE {
            @Override
            public String write(Tap tap, String activation, ProgramText text) {
                return text.let("torch.contiguous(%s)", activation);
            }
        },
        /** Mean over the positions or over all tokens, the class token too, {@code [N, C]}; a vector stays as it is. */
        MEAN {
            @Override
            public String write(Tap tap, String activation, ProgramText text) {
                return tap.isVector()
                        ? activation
                        : text.let("torch.mean(%s, %s, False)", activation, tap.positionDimensions());
            }
        },
        /** All of it as one vector an image in row-major order, {@code [N, C·H·W]} or {@code [N, T·D]}. */
        FLAT {
            @Override
            public String write(Tap tap, String activation, ProgramText text) {
                return tap.isVector() ? activation : text.let("torch.flatten(%s, 1, -1)", activation);
            }
        },
        /** The first token, {@code [N, D]}: the class token where the network has one. */
        FIRST_TOKEN {
            @Override
            public String write(Tap tap, String activation, ProgramText text) {
                if (!tap.isTokens()) {
                    throw new IllegalArgumentException(tap.path() + " has no tokens, its shape is " + tap.shape());
                }
                return text.let("torch.contiguous(torch.select(%s, 1, 0))", activation);
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

    /** The first token's activation. */
    public static TapRequest firstToken(String path) {
        return new TapRequest(path, Reduction.FIRST_TOKEN);
    }

    /** The activation as one vector an image. */
    public static TapRequest flat(String path) {
        return new TapRequest(path, Reduction.FLAT);
    }
}
