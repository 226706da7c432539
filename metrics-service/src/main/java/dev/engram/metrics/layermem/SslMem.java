package dev.engram.metrics.layermem;

/**
 * How much better the candidate encoder f, which has seen an image, aligns its views than the reference g, which has not
 * (Wang et al., "Memorization in Self-Supervised Learning Improves Downstream Generalization", ICLR 2024; Wang et al. 2024,
 * Eq. 1 and 2).
 *
 * @param candidate SSL_f(x): mean distance between the views in f, at least 0
 * @param reference SSL_g(x): the same in g, over the same views
 */
public record SslMem(double candidate, double reference) {
    public SslMem {
        if (!(candidate >= 0 && reference >= 0) || Double.isInfinite(candidate) || Double.isInfinite(reference)) {
            throw new IllegalArgumentException(
                    "distances must be finite and at least 0, were %s (f) and %s (g)".formatted(candidate, reference));
        }
    }

    /** Eq. 1: SSL_g - SSL_f, in units of the distance. */
    public double unnormalized() {
        return reference - candidate;
    }

    /**
     * Eq. 2: (SSL_g - SSL_f) / (SSL_f + SSL_g), in [-1, 1]; negative where g aligns the image better. Never clipped: a mean over
     * images would be biased. 0 if {@link #degenerate}.
     */
    public double score() {
        return degenerate() ? 0 : (reference - candidate) / (reference + candidate);
    }

    /** Both distances are 0, so that Eq. 2 is 0/0: a collapsed layer, or views that do not differ. */
    public boolean degenerate() {
        return candidate == 0 && reference == 0;
    }
}
