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

    /** From so many elements of a view on, images are taken one by one: the differences of one stay in the second-level cache. */
    private static final long LARGE = 8192;

    @Override
    public boolean mayAlias() {
        return false;
    }

    @Override
    public String write(Tap tap, String activation, ProgramText text) {
        long elements = pooled ? tap.units() : tap.elements();
        String x = ViewVectors.write(tap, activation, views, pooled, text);
        return elements < LARGE ? together(x, elements, text) : oneByOne(x, elements, text);
    }

    private String together(String x, long elements, ProgramText text) {
        String anchor = text.let("torch.slice(%s, 0, 0, 1, 1)", x);
        String rows = text.let("torch.sub(%s, %s)", x, anchor);
        text.let("torch.copy_(torch.slice(%s, 0, 0, 1, 1), %s)", rows, anchor);
        String chunked = text.let("torch.reshape(%s, [%d, -1, %d])", rows, views, elements / chunks(elements));
        String ofImages = text.let("torch.transpose(%s, 0, 1)", chunked);
        String products = text.let("torch.bmm(%1$s, torch.transpose(%1$s, 1, 2))", ofImages);
        return text.let(
                "torch.sum(torch.reshape(%s, [-1, %d, %d, %d]), [1], False)", products, chunks(elements), views, views);
    }

    private String oneByOne(String x, long elements, ProgramText text) {
        String grams = text.let("annotate(List[Tensor], [])");
        text.line("for image in range(torch.size(%s, 1)):", x);
        text.line("  own_%s = torch.select(%s, 1, image)", grams, x);
        text.line("  anchor_%1$s = torch.slice(own_%1$s, 0, 0, 1, 1)", grams);
        text.line("  rows_%1$s = torch.sub(own_%1$s, anchor_%1$s)", grams);
        text.line("  _0 = torch.copy_(torch.slice(rows_%1$s, 0, 0, 1, 1), anchor_%1$s)", grams);
        text.line(
                "  chunks_%1$s = torch.transpose(torch.reshape(rows_%1$s, [%2$d, %3$d, %4$d]), 0, 1)",
                grams, views, chunks(elements), elements / chunks(elements));
        text.line("  products_%1$s = torch.bmm(chunks_%1$s, torch.transpose(chunks_%1$s, 1, 2))", grams);
        text.line("  _1 = torch.append(%1$s, torch.sum(products_%1$s, [0], False))", grams);
        return text.let("torch.stack(%s, 0)", grams);
    }

    private static long chunks(long elements) {
        return elements % CHUNK == 0 ? elements / CHUNK : 1;
    }
}
