package dev.engram.metrics.measure;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.Tap;

/** The mean of a layer's activation over positions or tokens, {@code [N, C]}. */
final class PositionMeans {
    private PositionMeans() {}

    static String write(Tap tap, String activation, ProgramText text) {
        return write(tap, activation, false, text);
    }

    /** @param skipFirst leaves out the first of several tokens */
    static String write(Tap tap, String activation, boolean skipFirst, ProgramText text) {
        if (tap.isVector()) {
            return activation;
        }
        return text.let("torch.mean(%s, %s, False)", read(tap, activation, skipFirst, text), tap.positionDimensions());
    }

    /** The positions whose mean is taken: all of them but, if {@code skipFirst}, the first of several tokens. */
    static String read(Tap tap, String activation, boolean skipFirst, ProgramText text) {
        return skipFirst && tap.isTokens() ? text.let("torch.slice(%s, 1, 1, 9223372036854775807, 1)", activation) : activation;
    }
}
