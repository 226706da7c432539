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
     * Images cut into patches, row by row; the values of a patch are ordered (row, column, channel) as the authors' decoder has
     * them.
     *
     * @param images name of {@code [N, C, H, W]}
     * @param patch side of a patch in pixels
     * @return name of {@code [N, T, patch²·C]}
     */
    public static String patches(ProgramText text, String images, int channels, int rows, int columns, int patch) {
        String cut = text.let("torch.reshape(%s, [-1, %d, %d, %d, %d, %d])", images, channels, rows, patch, columns, patch);
        return text.let("torch.reshape(torch.permute(%s, [0, 2, 4, 3, 5, 1]), [-1, %d, %d])",
                cut, rows * columns, patch * patch * channels);
    }

    /**
     * Writes the loss into a program.
     *
     * @param predicted name of the decoder's values, {@code [N, T, P]}
     * @param patches name of the true values, {@code [N, T, P]}; no gradient flows into them
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
