package dev.engram.metrics.layermem;

import java.util.OptionalDouble;

/**
 * How much better the candidate encoder f, which has seen an image, aligns its views than the reference g, which has not
 * (Wang et al., "Memorization in Self-Supervised Learning Improves Downstream Generalization", ICLR 2024; Wang et al. 2024,
 * Eq. 1 and 2).
 *
 * @param candidate SSL_f(x): mean distance between the views in f, at least 0
 * @param reference SSL_g(x): the same in g, over the same views
 * @param range of the differences of all images at the layer, by which the paper's published code divides; empty for Eq. 2
 */
public record SslMem(double candidate, double reference, OptionalDouble range) {
    /** Scored by Eq. 2. */
    public SslMem(double candidate, double reference) {
        this(candidate, reference, OptionalDouble.empty());
    }

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
     * images would be biased. 0 if {@link #degenerate}. With a range, the difference divided by it; 0 if the range is 0.
     */
    public double score() {
        double scale = range.orElse(reference + candidate);
        return scale == 0 ? 0 : (reference - candidate) / scale;
    }

    /** Both distances are 0, so that Eq. 2 is 0/0: a collapsed layer, or views that do not differ. */
    public boolean degenerate() {
        return candidate == 0 && reference == 0;
    }
}
