package dev.engram.encoders.objective;

import dev.engram.encoders.engine.ProgramText;

/**
 * The masked autoencoder's reconstruction: squared error of the pixels of the masked patches, each patch standardized by its own
 * mean and standard deviation.
 *
 * <p>K. He et al., "Masked Autoencoders Are Scalable Vision Learners", CVPR 2022,
 * <a href="https://arxiv.org/abs/2111.06377">arXiv 2111.06377</a>, sections 3 and 4.1. As in the authors' code, the variance of
 * a patch is unbiased and gets ε 1e-6.
 *
 * @param normalizePixels whether patches are standardized, as in the paper's better variant
 */
public record Mae(boolean normalizePixels) {
    private static final double EPSILON = 1e-6;

    /**
     * Writes the loss into a program.
     *
     * @param predicted name of the decoder's values, {@code [N, T, P]}
     * @param patches name of the true values, {@code [N, T, P]}, in the order of {@code network.Patches}; no gradient flows into them
     * @param masked name of {@code [N, T]}, 1 where a patch was hidden from the encoder, 0 where it was seen
     */
    public Loss loss(ProgramText text, String predicted, String patches, String masked) {
        String target = text.let("torch.detach(%s)", normalizePixels ? standardized(text, patches) : patches);
        String errors = text.let("torch.mean(torch.square(torch.sub(%s, %s)), [2], False)", predicted, target);
        return Loss.of(text.let("torch.div(torch.sum(torch.mul(%s, %s)), torch.sum(%s))", errors, masked, masked));
    }

    private static String standardized(ProgramText text, String patches) {
        String means = text.let("torch.mean(%s, [2], True)", patches);
        String variances = text.let("torch.var(%s, [2], correction=1, keepdim=True)", patches);
        return text.let(
                "torch.div(torch.sub(%s, %s), torch.sqrt(torch.add(%s, %s)))", patches, means, variances, EPSILON);
    }
}
