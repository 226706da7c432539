package dev.engram.encoders.objective;

import dev.engram.encoders.engine.ProgramText;

/**
 * Barlow Twins: the correlation matrix between the coordinates of the two views shall be the identity.
 *
 * <p>J. Zbontar, L. Jing, I. Misra, Y. LeCun, S. Deny, "Barlow Twins: Self-Supervised Learning via Redundancy Reduction",
 * ICML 2021, <a href="https://arxiv.org/abs/2103.03230">arXiv 2103.03230</a>, equations 1 and 2. As in the authors' code,
 * coordinates are standardized by batch normalization (biased variance, ε 1e-5). The terms add up to the loss.
 *
 * @param redundancy λ, weight of what is off the diagonal, at least 0; 0.0051 in the paper
 */
public record BarlowTwins(double redundancy) implements Objective {
    private static final double EPSILON = 1e-5;

    public BarlowTwins {
        Ranges.checkNotNegative("redundancy", redundancy);
    }

    @Override
    public String name() {
        return "barlow_twins";
    }

    @Override
    public Loss loss(ProgramText text, String z1, String z2) {
        String c = text.let("torch.div(torch.matmul(torch.t(%s), %s), torch.size(%s, 0))",
                standardized(text, z1), standardized(text, z2), z1);
        String diagonal = text.let("torch.diagonal(%s)", c);
        String invariance = text.let("torch.sum(torch.square(torch.sub(%s, 1)))", diagonal);
        String others = text.let("torch.sub(torch.sum(torch.square(%s)), torch.sum(torch.square(%s)))", c, diagonal);
        String redundant = text.let("torch.mul(%s, %s)", others, redundancy);
        String value = text.let("torch.add(%s, %s)", invariance, redundant);
        return Loss.of(value).with("invariance", invariance).with("redundancy", redundant);
    }

    private static String standardized(ProgramText text, String z) {
        return text.let("torch.batch_norm(%s, None, None, None, None, True, 0., %s, True)", z, EPSILON);
    }
}
