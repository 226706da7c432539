package dev.engram.encoders.objective;

import dev.engram.encoders.engine.ProgramText;

/**
 * How far the embeddings of a batch lie apart, to see collapse while it happens: the standard deviation over the batch of each
 * coordinate of the unit-length embeddings, averaged over coordinates, times √D. About 1 on the whole sphere, 0 when all are one
 * point.
 *
 * <p>X. Chen, K. He, "Exploring Simple Siamese Representation Learning", CVPR 2021,
 * <a href="https://arxiv.org/abs/2011.10566">arXiv 2011.10566</a>, figure 2.
 */
public final class Spread {
    /** Name of this number among the terms of a loss. */
    public static final String NAME = "spread";

    private Spread() {}

    /**
     * The spread of embeddings; no gradient is taken.
     *
     * @param z name of embeddings {@code [N, D]}
     */
    public static String of(ProgramText text, String z) {
        String unit = UnitLength.of(text, text.let("torch.detach(%s)", z));
        String deviations = text.let("torch.sqrt(torch.var(%s, [0], correction=0, keepdim=False))", unit);
        return text.let("torch.mul(torch.mean(%s), torch.sqrt(torch.size(%s, 1)))", deviations, z);
    }
}
