package dev.engram.encoders.edit;

import dev.engram.encoders.checkpoint.StateDict;

/**
 * Keeps of a fine-tuned layer one unit alone: all weights are the original's, and the unit's row is the tuned one's, W = W_orig, W[u] = W_tuned[u].
 * W. Wang, A. Dziedzic, M. Backes, F. Boenisch, "Localizing Memorization in SSL Vision Encoders", NeurIPS 2024, <a
 * href="https://arxiv.org/abs/2409.19069">arXiv 2409.19069</a>, Tables 13 and 14; the published code assigns the original's row to itself and so loses
 * the tuned unit.
 */
public final class UnitRestore {
    private UnitRestore() {}

    /**
     * Puts the tuned unit into the original, in place.
     *
     * @param state of the original, changed
     * @param tuned of the same network; only read
     * @param unit 0 to U - 1
     * @param scope what belongs to the unit; a buffer without units, such as a counter, stays
     */
    public static void apply(StateDict state, StateDict tuned, EditableLayer layer, int unit, LayerScope scope) {
        if (unit < 0 || unit >= layer.units()) {
            throw new IllegalArgumentException("unit: %s has units 0 to %d, not %d".formatted(layer.path(), layer.units() - 1, unit));
        }
        for (String tensor : layer.tensors(scope)) {
            if (state.get(tensor).shape().length > 0) {
                Rows.copy(tuned.get(tensor), state.get(tensor), unit);
            }
        }
    }
}
