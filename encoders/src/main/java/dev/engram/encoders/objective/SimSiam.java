package dev.engram.encoders.objective;

import dev.engram.encoders.engine.ProgramText;

/**
 * SimSiam: what the predictor makes of one view shall point where the projector puts the other, which gets no gradient.
 *
 * <p>X. Chen, K. He, "Exploring Simple Siamese Representation Learning", CVPR 2021,
 * <a href="https://arxiv.org/abs/2011.10566">arXiv 2011.10566</a>, equations 1 to 4: mean over images of
 * −½·cos(p₁, z₂) − ½·cos(p₂, z₁).
 */
public record SimSiam() {
    /**
     * Writes the loss into a program. No gradient flows into the projections.
     *
     * @param p1 name of the predictions from the first views, {@code [N, D]}
     * @param p2 name of the predictions from the second views
     * @param z1 name of the projections of the first views
     * @param z2 name of the projections of the second views
     */
    public Loss loss(ProgramText text, String p1, String p2, String z1, String z2) {
        String first = UnitLength.cosines(text, p1, text.let("torch.detach(%s)", z2));
        String second = UnitLength.cosines(text, p2, text.let("torch.detach(%s)", z1));
        return Loss.of(text.let("torch.mul(torch.mean(torch.add(%s, %s)), -0.5)", first, second));
    }
}
