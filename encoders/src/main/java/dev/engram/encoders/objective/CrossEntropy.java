package dev.engram.encoders.objective;

import dev.engram.encoders.engine.ProgramText;

/**
 * Supervised classification: the cross entropy of softmax(logits) with the label, mean over images.
 *
 * <p>With label smoothing ε, the target has 1 − ε on the label and ε spread evenly over all classes: C. Szegedy et al.,
 * "Rethinking the Inception Architecture for Computer Vision", CVPR 2016,
 * <a href="https://arxiv.org/abs/1512.00567">arXiv 1512.00567</a>, section 7; PyTorch's {@code cross_entropy}.
 *
 * @param labelSmoothing ε, in [0, 1)
 */
public record CrossEntropy(double labelSmoothing) {
    public CrossEntropy {
        Ranges.checkBelowOne("label smoothing", labelSmoothing);
    }

    /**
     * Writes the loss into a program; its term {@code accuracy} is the share of the batch whose largest logit is the label's.
     *
     * @param logits name of {@code [N, classes]}
     * @param labels name of INT64 {@code [N]}, 0 … classes − 1
     */
    public Loss loss(ProgramText text, String logits, String labels) {
        String value = text.let(
                "torch.cross_entropy_loss(%s, %s, None, 1, -100, %s)", logits, labels, labelSmoothing);
        String right = text.let("torch.eq(torch.argmax(torch.detach(%s), 1, False), %s)", logits, labels);
        return Loss.of(value).with("accuracy", text.let("torch.mean(torch.to(%s, 6))", right));
    }
}
