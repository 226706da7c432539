package dev.engram.encoders.objective;

import dev.engram.encoders.engine.ProgramText;

/**
 * BYOL's regression: what the predictor makes of one view shall point where the teacher puts the other.
 *
 * <p>J.-B. Grill et al., "Bootstrap Your Own Latent: A New Approach to Self-Supervised Learning", NeurIPS 2020,
 * <a href="https://arxiv.org/abs/2006.07733">arXiv 2006.07733</a>, equation 2 and its symmetric counterpart: mean over images of
 * (2 − 2·cos(p₁, t₂)) + (2 − 2·cos(p₂, t₁)).
 */
public record Byol() {
    /**
     * Writes the loss into a program. No gradient flows into the targets.
     *
     * @param p1 name of the predictions from the first views, {@code [N, D]}
     * @param p2 name of the predictions from the second views
     * @param t1 name of the teacher's projections of the first views
     * @param t2 name of the teacher's projections of the second views
     */
    public Loss loss(ProgramText text, String p1, String p2, String t1, String t2) {
        String first = cosines(text, p1, t2);
        String second = cosines(text, p2, t1);
        return Loss.of(text.let("torch.mean(torch.rsub(torch.mul(torch.add(%s, %s), 2), 4))", first, second));
    }

    private static String cosines(ProgramText text, String prediction, String target) {
        return UnitLength.cosines(text, prediction, text.let("torch.detach(%s)", target));
    }
}
