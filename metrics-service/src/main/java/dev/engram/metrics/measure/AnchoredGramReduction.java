package dev.engram.metrics.measure;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.Tap;
import dev.engram.encoders.network.TapReduction;
import dev.engram.metrics.layermem.AnchoredGram;

/**
 * Leaves of a layer's activation for V views of B images only the inner products {@code [B, V, V]} that {@link AnchoredGram}
 * reads, instead of {@code [V·B, C, H, W]}. Costs one pass of V² products over the activation and, for small layers and images with views near each other,
 * the writing of their differences.
 *
 * <p>In large layers the views themselves are multiplied first and the products anchored in double, which spares the differences. That loses digits where
 * views are near each other, so an image with a pair of |x<sub>i</sub> − x<sub>j</sub>|² ≤ {@value #NEAR} (|x<sub>i</sub>|² + |x<sub>j</sub>|²) is taken again
 * by its differences, and so is one whose products are not numbers or are all zero. A float product of at most {@value #CHUNK} elements is wrong by
 * at most {@value #CHUNK}·2<sup>-24</sup> of its lengths, so a distance of raw views that is kept is wrong by at most 0.8 % if all roundings conspire; the tests hold it to 2e-5. Views that
 * differ in length alone are far apart here, and their distance at unit length keeps no more digits than float has.
 *
 * @param views V; the batch is view-major: first one view of every image, then the next
 * @param pooled average over positions before
 */
record AnchoredGramReduction(int views, boolean pooled) implements TapReduction {
    /** Elements of a view multiplied at a time, at most: V rows of them stay in the first-level cache. */
    private static final int CHUNK = 512;

    /** Fewer make more products than they spare. */
    private static final int LEAST_CHUNK = 64;

    /** From so many elements of a view on, writing differences costs more than looking which are needed. */
    private static final int LARGE = 2048;

    /** Squared distance over the sum of squared lengths, below which views are near each other. */
    private static final double NEAR = 1. / 256;

    @Override
    public boolean mayAlias() {
        return false;
    }

    @Override
    public String write(Tap tap, String activation, ProgramText text) {
        long elements = pooled ? tap.units() : tap.elements();
        long chunk = chunk(elements);
        String x = ViewVectors.write(tap, activation, views, pooled, text);
        boolean isPlainFirst = elements >= LARGE && chunk <= CHUNK;
        return isPlainFirst ? plainFirst(x, elements, chunk, text) : byDifferences(x, elements, chunk, text);
    }

    /** The largest divisor from {@link #LEAST_CHUNK} to {@link #CHUNK}, or all elements at once. */
    private static long chunk(long elements) {
        for (long chunk = CHUNK; chunk >= LEAST_CHUNK; chunk--) {
            if (elements % chunk == 0) {
                return chunk;
            }
        }
        return elements;
    }

    private String byDifferences(String x, long elements, long chunk, ProgramText text) {
        String anchor = text.let("torch.slice(%s, 0, 0, 1, 1)", x);
        String rows = text.let("torch.sub(%s, %s)", x, anchor);
        text.let("torch.copy_(torch.slice(%s, 0, 0, 1, 1), %s)", rows, anchor);
        String parts = text.let("torch.reshape(%s, [%d, -1, %d])", rows, views, chunk);
        return text.let("torch.sum(%s, [1], False)", products(parts, elements / chunk));
    }

    private String plainFirst(String x, long elements, long chunk, ProgramText text) {
        String parts = text.let("torch.reshape(%s, [%d, -1, %d])", x, views, chunk);
        String gram = text.let("torch.sum(%s, [1], False, dtype=7)", products(parts, elements / chunk));
        String near = text.let("torch.flatten(torch.nonzero(%s))", hasNearViews(gram, text));
        String anchored = anchored(gram, text);
        text.line("for i in range(torch.size(%s, 0)):", near);
        text.line("  image = int(torch.select(%s, 0, i))", near);
        text.line("  own_%1$s = torch.slice(%1$s, 1, image, torch.add(image, 1), 1)", x);
        text.line("  anchor_%1$s = torch.slice(own_%1$s, 0, 0, 1, 1)", x);
        text.line("  rows_%1$s = torch.sub(own_%1$s, anchor_%1$s)", x);
        text.line("  _0 = torch.copy_(torch.slice(rows_%1$s, 0, 0, 1, 1), anchor_%1$s)", x);
        text.line("  parts_%1$s = torch.reshape(rows_%1$s, [%2$d, -1, %3$d])", x, views, chunk);
        text.line("  own_gram_%s = torch.sum(%s, [0, 1], False)", x, products("parts_" + x, elements / chunk));
        text.line("  _1 = torch.copy_(torch.select(%s, 0, image), own_gram_%s)", anchored, x);
        return anchored;
    }

    /** Inner products {@code [B, chunks, V, V]} of every two views, from their parts {@code [V, B·chunks, chunk]}. */
    private String products(String parts, long chunks) {
        return "torch.reshape(torch.bmm(torch.transpose(%1$s, 0, 1), torch.permute(%1$s, [1, 2, 0])), [-1, %2$d, %3$d, %3$d])"
                .formatted(parts, chunks, views);
    }

    /** Which images {@code [B]} have views that are not surely apart: any comparison with what is not a number counts. */
    private static String hasNearViews(String gram, ProgramText text) {
        String squares = text.let("torch.diagonal(%s, 0, 1, 2)", gram);
        String both = text.let("torch.add(torch.unsqueeze(%1$s, 1), torch.unsqueeze(%1$s, 2))", squares);
        String isApart = text.let("torch.lt(torch.mul(%s, %s), %s)", gram, 2 / (1 - NEAR), both);
        return text.let("torch.any(torch.flatten(torch.triu(torch.logical_not(%s), 1), 1, -1), 1)", isApart);
    }

    /** From products of the views in double those of the first and the others' differences from it, in float. */
    private static String anchored(String gram, ProgramText text) {
        String lessRow = text.let("torch.sub(%1$s, torch.slice(%1$s, 1, 0, 1, 1))", gram);
        String anchored = text.let("torch.sub(%1$s, torch.slice(%1$s, 2, 0, 1, 1))", lessRow);
        text.let("torch.copy_(torch.select(%s, 1, 0), torch.select(%s, 2, 0))", anchored, lessRow);
        text.let("torch.copy_(torch.select(torch.select(%s, 1, 0), 1, 0), torch.select(torch.select(%s, 1, 0), 1, 0))", anchored, gram);
        return text.let("torch.to(%s, 6)", anchored);
    }
}
