package dev.engram.metrics.measure;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.Tap;
import dev.engram.encoders.network.TapReduction;

/**
 * Leaves of a layer's activation for V views of B images the mean activation of each unit, {@code [B, C]}: over positions, then
 * over views (Wang et al. 2024, Eq. 5).
 *
 * @param views V; the batch is view-major: first one view of every image, then the next
 * @param sign what is done to each value before any mean
 * @param skipFirst leaves out the first token, the class token
 */
record UnitMeansReduction(int views, Sign sign, boolean skipFirst) implements TapReduction {

    @Override
    public String write(Tap tap, String activation, ProgramText text) {
        String values = switch (sign) {
            case SIGNED -> activation;
            case ABSOLUTE -> text.let("torch.abs(%s)", activation);
            case RELU -> text.let("torch.relu(%s)", activation);
        };
        String means = PositionMeans.write(tap, values, skipFirst, text);
        return text.let("torch.mean(torch.reshape(%s, [%d, -1, %d]), [0], False)", means, views, tap.units());
    }
}
