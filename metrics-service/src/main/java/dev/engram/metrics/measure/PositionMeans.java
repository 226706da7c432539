package dev.engram.metrics.measure;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.Tap;

/** The mean of a layer's activation over positions or tokens, {@code [N, C]}. */
final class PositionMeans {
    private PositionMeans() {}

    static String write(Tap tap, String activation, ProgramText text) {
        if (tap.isVector()) {
            return activation;
        }
        return text.let("torch.mean(%s, %s, False)", activation, tap.positionDimensions());
    }
}
