package dev.engram.encoders.objective;

import dev.engram.encoders.engine.ProgramText;

/**
 * VICReg: both views of an image shall be mapped to the same point (invariance), every coordinate shall vary over the batch
 * (variance), and no two coordinates shall vary together (covariance).
 *
 * <p>A. Bardes, J. Ponce, Y. LeCun, "VICReg: Variance-Invariance-Covariance Regularization for Self-Supervised Learning",
 * ICLR 2022, <a href="https://arxiv.org/abs/2105.04906">arXiv 2105.04906</a>, equations 1 to 6. As in the authors' code, the
 * invariance is a mean over all N·D values and the variance terms of the views are averaged (the paper's equation 6 adds them);
 * covariances are unbiased and added. The terms are weighted already: they add up to the loss.
 *
 * @param invariance λ, at least 0; 25 in the paper
 * @param variance μ, at least 0; 25 in the paper
 * @param covariance ν, at least 0; 1 in the paper
 */
public record VicReg(double invariance, double variance, double covariance) implements Objective {
    private static final double EPSILON = 1e-4;

    public VicReg {
        Ranges.checkNotNegative("invariance", invariance);
        Ranges.checkNotNegative("variance", variance);
        Ranges.checkNotNegative("covariance", covariance);
    }

    @Override
    public String name() {
        return "vicreg";
    }

    @Override
    public Loss loss(ProgramText text, String z1, String z2) {
        String near = text.let("torch.mul(torch.mse_loss(%s, %s), %s)", z1, z2, invariance);
        String centered1 = centered(text, z1);
        String centered2 = centered(text, z2);
        String apart = text.let(
                "torch.mul(torch.add(%s, %s), %s)", flatness(text, centered1), flatness(text, centered2), variance / 2);
        String together = text.let("torch.mul(torch.add(%s, %s), %s)",
                correlation(text, centered1), correlation(text, centered2), covariance);
        String value = text.let("torch.add(torch.add(%s, %s), %s)", near, apart, together);
        return Loss.of(value).with("invariance", near).with("variance", apart).with("covariance", together);
    }

    private static String centered(ProgramText text, String z) {
        return text.let("torch.sub(%1$s, torch.mean(%1$s, [0], True))", z);
    }

    /** How much the coordinates' standard deviations fall short of 1, on average. */
    private static String flatness(ProgramText text, String centered) {
        String deviations = text.let(
                "torch.sqrt(torch.add(torch.var(%s, [0], correction=1, keepdim=False), %s))", centered, EPSILON);
        return text.let("torch.mean(torch.relu(torch.rsub(%s, 1)))", deviations);
    }

    /** Sum of the squared covariances off the diagonal, by D. */
    private static String correlation(ProgramText text, String centered) {
        String c = text.let("torch.div(torch.matmul(torch.t(%1$s), %1$s), torch.sub(torch.size(%1$s, 0), 1))", centered);
        String all = text.let("torch.sum(torch.square(%s))", c);
        String own = text.let("torch.sum(torch.square(torch.diagonal(%s)))", c);
        return text.let("torch.div(torch.sub(%s, %s), torch.size(%s, 1))", all, own, centered);
    }
}
