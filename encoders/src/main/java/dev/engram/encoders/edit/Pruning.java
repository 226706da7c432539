package dev.engram.encoders.edit;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.edit.EditableLayer.Norm;
import java.util.List;
import java.util.stream.Stream;

/**
 * Switches units off so that each is exactly 0 behind its normalization, for every image: its row of weight and bias, and its scale and shift in
 * the normalization become 0. Behind a normalization across units (group or layer normalization) only scale and shift do: an empty filter would change
 * how its neighbors are normalized, and so prune more than was asked for. Running statistics stay.
 *
 * <p>W. Wang, A. Dziedzic, M. Backes, F. Boenisch, "Localizing Memorization in SSL Vision Encoders", NeurIPS 2024, <a
 * href="https://arxiv.org/abs/2409.19069">arXiv 2409.19069</a>, Table 6. Its published code draws other units for each tensor of a layer, and where
 * only the filter is 0 the channel still gives β − γμ/σ; neither is done here. In a residual block the shortcut still reaches the sum.
 */
public final class Pruning {
    private Pruning() {}

    /**
     * Prunes in place. Cost: one write of the rows.
     *
     * @param state the network's tensors
     */
    public static void apply(StateDict state, ChosenUnits chosen) {
        chosen.byLayer().forEach((layer, units) -> {
            if (!units.isEmpty()) {
                tensors(layer).forEach(tensor -> Rows.clear(state.get(tensor), units));
            }
        });
    }

    /** Names of the tensors in which a unit's row becomes 0. */
    public static List<String> tensors(EditableLayer layer) {
        Stream<String> own = layer.norm().filter(Norm::acrossUnits).isPresent() ? Stream.of() : layer.own().stream();
        return Stream.concat(own, layer.norm().stream().flatMap(norm -> norm.affine().stream())).toList();
    }
}
