package dev.engram.metrics.measure;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.Tap;
import dev.engram.encoders.network.TapReduction;
import dev.engram.metrics.layermem.AnchoredGram;

/**
 * Leaves of a layer's activation for V views of B images only the inner products {@code [B, V, V]} that {@link AnchoredGram}
 * reads, instead of {@code [V·B, C, H, W]}. Costs one difference and one pass of V² products over the activation.
 *
 * @param views V; the batch is view-major: first one view of every image, then the next
 * @param pooled average over positions before
 */
record AnchoredGramReduction(int views, boolean pooled) implements TapReduction {
    /** Elements of a view multiplied at a time: V rows of them stay in the first-level cache. */
    private static final long CHUNK = 512;

    @Override
    public String write(Tap tap, String activation, ProgramText text) {
        long elements = pooled ? tap.units() : tap.elements();
        long chunks = elements % CHUNK == 0 ? elements / CHUNK : 1;
        String x = ViewVectors.write(tap, activation, views, pooled, text);
        String anchor = text.let("torch.slice(%s, 0, 0, 1, 1)", x);
        String rows = text.let("torch.sub(%s, %s)", x, anchor);
        text.let("torch.copy_(torch.slice(%s, 0, 0, 1, 1), %s)", rows, anchor);
        String chunked = text.let("torch.reshape(%s, [%d, -1, %d])", rows, views, elements / chunks);
        String ofImages = text.let("torch.transpose(%s, 0, 1)", chunked);
        String products = text.let("torch.bmm(%1$s, torch.transpose(%1$s, 1, 2))", ofImages);
        return text.let("torch.sum(torch.reshape(%s, [-1, %d, %d, %d]), [1], False)", products, chunks, views, views);
    }
}
