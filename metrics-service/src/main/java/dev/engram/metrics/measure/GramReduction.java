package dev.engram.metrics.measure;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.Tap;
import dev.engram.encoders.network.TapReduction;

/**
 * Leaves of a layer's activation for n images only their inner products {@code [n, n]}, after the mean over the images was taken
 * off: what all images share would eat the digits of what tells them apart.
 *
 * @param pooled average over positions before
 */
record GramReduction(boolean pooled) implements TapReduction {
    @Override
    public boolean mayAlias() {
        return false;
    }

    @Override
    public String write(Tap tap, String activation, ProgramText text) {
        String x = text.let("torch.select(%s, 0, 0)", ViewVectors.write(tap, activation, 1, pooled, text));
        String centered = text.let("torch.sub(%1$s, torch.mean(%1$s, [0], True))", x);
        return text.let("torch.mm(%1$s, torch.t(%1$s))", centered);
    }
}
