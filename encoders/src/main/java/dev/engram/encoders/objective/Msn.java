package dev.engram.encoders.objective;

import dev.engram.encoders.engine.ProgramText;

/**
 * MSN and PMSN: a masked view's distribution over learned prototypes shall be that of the teacher's whole view, and the prototypes
 * shall be used as a prior says: all alike (MSN), or by a power law (PMSN).
 *
 * <p>M. Assran et al., "Masked Siamese Networks for Label-Efficient Learning", ECCV 2022,
 * <a href="https://arxiv.org/abs/2204.07141">arXiv 2204.07141</a>, equation 1; M. Assran et al., "The Hidden Uniform Cluster Prior
 * in Self-Supervised Learning", ICLR 2023, <a href="https://arxiv.org/abs/2210.07277">arXiv 2210.07277</a>.
 *
 * <p>loss = mean cross entropy(p⁺, p) + λ·KL(p̄ ‖ π) + (weight)·mean entropy(p), with p̄ the mean of p over the anchors. With a
 * uniform π, KL(p̄ ‖ π) = log K − H(p̄) is MSN's mean entropy maximization. The direction matters: KL(π ‖ p̄), which is found in
 * some published code, is another loss.
 *
 * @param temperature τ of the anchors' softmax, positive; 0.1 in the paper
 * @param sharpening T, exponent 1/T of the targets before they are normalized again, positive; 0.25 in the paper
 * @param priorWeight λ, at least 0; 1 in the paper
 * @param entropyWeight at least 0; 0 in the paper
 * @param priorExponent of the power law, at least 0; 0 for MSN, 0.25 for PMSN
 * @param sinkhorn whether the targets of a batch are balanced over the prototypes by three iterations of Sinkhorn's algorithm; it
 *     contradicts a prior that is not uniform, and is refused with one
 */
public record Msn(
        double temperature,
        double sharpening,
        double priorWeight,
        double entropyWeight,
        double priorExponent,
        boolean sinkhorn) {
    private static final int SINKHORN_ITERATIONS = 3;

    public Msn {
        Ranges.checkPositive("temperature", temperature);
        Ranges.checkPositive("sharpening", sharpening);
        Ranges.checkNotNegative("prior weight", priorWeight);
        Ranges.checkNotNegative("entropy weight", entropyWeight);
        Ranges.checkNotNegative("prior exponent", priorExponent);
        Ranges.require(!sinkhorn || priorExponent == 0,
                "sinkhorn balances the prototypes uniformly and contradicts a prior exponent of " + priorExponent);
    }

    /**
     * Writes the loss into a program. No gradient flows into targets, nor through them into the prototypes. K prototypes. Terms:
     * {@code consistency}, {@code prior} (KL(p̄ ‖ π) in nats) and {@code entropy} (mean entropy of p in nats), not weighted.
     *
     * @param anchors name of the cosines between the student's embeddings and the prototypes, {@code [V·N, K]}, view-major
     * @param views V
     * @param targets name of the cosines between the teacher's embeddings and the prototypes, {@code [N, K]}
     */
    public Loss loss(ProgramText text, String anchors, int views, String targets) {
        String logits = text.let("torch.div(%s, %s)", anchors, temperature);
        String target = text.let("torch.repeat(%s, [%d, 1])", targets(text, targets), views);
        String log = text.let("torch.log_softmax(%s, 1)", logits);
        String p = text.let("torch.exp(%s)", log);
        String consistency = text.let("torch.neg(torch.mean(torch.sum(torch.mul(%s, %s), [1], False)))", target, log);
        String mean = text.let("torch.mean(%s, [0], False)", p);
        String divergence = text.let(
                "torch.sum(torch.sub(torch.xlogy(%1$s, %1$s), torch.mul(%1$s, %2$s)))", mean, prior(text, mean));
        String entropy = text.let("torch.neg(torch.mean(torch.sum(torch.mul(%s, %s), [1], False)))", p, log);
        String value = text.let("torch.add(%s, torch.mul(%s, %s))", consistency, divergence, priorWeight);
        if (entropyWeight > 0) {
            value = text.let("torch.add(%s, torch.mul(%s, %s))", value, entropy, entropyWeight);
        }
        return Loss.of(value).with("consistency", consistency).with("prior", divergence).with("entropy", entropy);
    }

    /** Logarithms of the prior: π_k ∝ k^(−exponent), k counted from 1. */
    private String prior(ProgramText text, String like) {
        String ranks = text.let("torch.cumsum(torch.ones_like(%s), 0)", like);
        String weights = text.let("torch.mul(torch.log(%s), %s)", ranks, -priorExponent);
        return text.let("torch.sub(%1$s, torch.logsumexp(%1$s, [0], True))", weights);
    }

    /** Sharpened distributions of the targets: p^(1/T), normalized, is a softmax at τ·T. */
    private String targets(ProgramText text, String targets) {
        String p = text.let("torch.softmax(torch.div(torch.detach(%s), %s), 1)", targets, temperature * sharpening);
        if (!sinkhorn) {
            return p;
        }
        String rows = text.let("torch.size(%s, 0)", p);
        String q = text.let("torch.div(%1$s, torch.sum(%1$s))", p);
        for (int i = 0; i < SINKHORN_ITERATIONS; i++) {
            q = text.let("torch.div(torch.div(%1$s, torch.sum(%1$s, [0], True)), torch.size(%1$s, 1))", q);
            q = text.let("torch.div(torch.div(%1$s, torch.sum(%1$s, [1], True)), %2$s)", q, rows);
        }
        return text.let("torch.mul(%s, %s)", q, rows);
    }
}
