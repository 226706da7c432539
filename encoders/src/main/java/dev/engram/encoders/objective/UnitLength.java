package dev.engram.encoders.objective;

import dev.engram.encoders.engine.ProgramText;

/** Embeddings scaled to length 1, as PyTorch's {@code F.normalize} does: lengths below 1e-12 count as 1e-12. */
public final class UnitLength {
    private UnitLength() {}

    /**
     * Rows of length 1.
     *
     * @param z name of embeddings {@code [N, D]}
     */
    public static String of(ProgramText text, String z) {
        String lengths = text.let("torch.clamp_min(torch.linalg_vector_norm(%s, 2, [1], True), 1e-12)", z);
        return text.let("torch.div(%s, %s)", z, lengths);
    }

    /** Cosines between equal rows, {@code [N]}. */
    static String cosines(ProgramText text, String a, String b) {
        return text.let("torch.sum(torch.mul(%s, %s), [1], False)", of(text, a), of(text, b));
    }
}
