package dev.engram.metrics.measure;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.Tap;

/** A layer's activation as one vector for each view of each image, {@code [V, B, D]}. */
final class ViewVectors {
    private ViewVectors() {}

    /**
     * Writes the rearrangement. Positions come before channels in the vector, as they lie in memory; distances do not depend on
     * the order.
     *
     * @param activation of a view-major batch, {@code [V·B, C, H, W]}, {@code [V·B, T, D]} or {@code [V·B, D]}
     * @param pooled average over positions, so that D is C
     */
    static String write(Tap tap, String activation, int views, boolean pooled, ProgramText text) {
        if (tap.isVector()) {
            return text.let("torch.reshape(%s, [%d, -1, %d])", activation, views, tap.elements());
        }
        if (pooled) {
            String means = PositionMeans.write(tap, activation, text);
            return text.let("torch.reshape(%s, [%d, -1, %d])", means, views, tap.units());
        }
        if (tap.isTokens()) {
            return text.let("torch.reshape(%s, [%d, -1, %d])", activation, views, tap.elements());
        }
        String channelsLast = text.let("torch.permute(%s, [0, 2, 3, 1])", activation);
        return text.let("torch.reshape(%s, [%d, -1, %d])", channelsLast, views, tap.elements());
    }
}
