package dev.engram.encoders.objective;

import dev.engram.encoders.engine.ProgramText;

/**
 * Supervised contrast: each of the 2N embeddings shall be near to all others of its class and far from those of other classes.
 *
 * <p>P. Khosla et al., "Supervised Contrastive Learning", NeurIPS 2020,
 * <a href="https://arxiv.org/abs/2004.11362">arXiv 2004.11362</a>, equation 2 (L_out: the mean over positives stands outside of
 * the logarithm); mean over the 2N anchors. Embeddings are normalized here. Where every image has a class of its own it is NT-Xent.
 *
 * @param temperature τ, positive; 0.1 in the paper
 */
public record SupCon(double temperature) {
    public SupCon {
        Ranges.checkPositive("temperature", temperature);
    }

    /**
     * Writes the loss into a program.
     *
     * @param z1 name of the embeddings of the first views, {@code [N, D]}
     * @param z2 name of the embeddings of the second views, {@code [N, D]}
     * @param labels name of INT64 {@code [N]}
     */
    public Loss loss(ProgramText text, String z1, String z2, String labels) {
        String z = UnitLength.of(text, text.let("torch.cat([%s, %s], 0)", z1, z2));
        String similarities = text.let("torch.div(torch.matmul(%1$s, torch.t(%1$s)), %2$s)", z, temperature);
        String classes = text.let("torch.repeat(%s, [2])", labels);
        String same = text.let("torch.to(torch.eq(torch.unsqueeze(%1$s, 0), torch.unsqueeze(%1$s, 1)), %2$s)",
                classes, z);
        text.line("torch.fill_diagonal_(%s, 0, False)", same);
        String others = text.let("torch.clone(%s)", similarities);
        text.line("torch.fill_diagonal_(%s, -inf, False)", others);
        String logs = text.let("torch.sub(%s, torch.logsumexp(%s, [1], True))", similarities, others);
        String means = text.let("torch.div(torch.sum(torch.mul(%1$s, %2$s), [1], False), torch.sum(%1$s, [1], False))", same, logs);
        return Loss.of(text.let("torch.neg(torch.mean(%s))", means));
    }
}
