package dev.engram.encoders.objective;

import dev.engram.encoders.engine.ProgramText;

/**
 * NT-Xent, the normalized temperature-scaled cross entropy: each of the 2N embeddings shall be nearer to its image's other
 * view than to the 2(N−1) embeddings of other images.
 *
 * <p>T. Chen, S. Kornblith, M. Norouzi, G. Hinton, "A Simple Framework for Contrastive Learning of Visual Representations",
 * ICML 2020, <a href="https://arxiv.org/abs/2002.05709">arXiv 2002.05709</a>, equation 1; mean over the 2N anchors. Embeddings
 * are normalized here (with F.normalize's ε of 1e-12). Cost: one 2N × 2N product.
 *
 * @param temperature τ, positive; the similarities are divided by it
 */
public record SimClr(double temperature) implements Objective {
    public SimClr {
        Ranges.checkPositive("temperature", temperature);
    }

    @Override
    public String name() {
        return "simclr";
    }

    @Override
    public Loss loss(ProgramText text, String z1, String z2) {
        String z = UnitLength.of(text, text.let("torch.cat([%s, %s], 0)", z1, z2));
        String similarities = text.let("torch.div(torch.matmul(%1$s, torch.t(%1$s)), %2$s)", z, temperature);
        String positives = meanOfPositives(text, z);
        text.line("torch.fill_diagonal_(%s, -inf, False)", similarities);
        String all = text.let("torch.mean(torch.logsumexp(%s, [1], False))", similarities);
        return Loss.of(text.let("torch.sub(%s, %s)", all, positives));
    }

    private String meanOfPositives(ProgramText text, String z) {
        String views = text.let("torch.chunk(%s, 2, 0)", z);
        String products = text.let("torch.sum(torch.mul(%1$s[0], %1$s[1]), [1], False)", views);
        return text.let("torch.div(torch.mean(%s), %s)", products, temperature);
    }
}
