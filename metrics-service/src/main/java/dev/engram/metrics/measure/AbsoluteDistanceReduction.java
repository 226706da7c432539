package dev.engram.metrics.measure;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.Tap;
import dev.engram.encoders.network.TapReduction;

/**
 * Leaves of a layer's activation for V views of B images their L1 distances {@code [B, V, V]}. They do not follow from inner
 * products, so every pair of views is compared element by element: several times the cost of {@link AnchoredGramReduction}.
 *
 * @param views V; the batch is view-major
 * @param pooled average over positions before
 * @param raw keep the vectors' lengths instead of scaling each to unit L2 norm (a zero vector stays zero)
 */
record AbsoluteDistanceReduction(int views, boolean pooled, boolean raw) implements TapReduction {

    @Override
    public boolean mayAlias() {
        return false;
    }

    @Override
    public String write(Tap tap, String activation, ProgramText text) {
        String x = ViewVectors.write(tap, activation, views, pooled, text);
        String ofImages = text.let("torch.contiguous(torch.transpose(%s, 0, 1))", x);
        if (!raw) {
            String norms = text.let("torch.norm(%s, 2, [2], True)", ofImages);
            String divisors = text.let("torch.masked_fill(%1$s, torch.eq(%1$s, 0.), 1.)", norms);
            ofImages = text.let("torch.div(%s, %s)", ofImages, divisors);
        }
        return text.let("torch.cdist(%1$s, %1$s, 1., None)", ofImages);
    }
}
