package dev.engram.metrics.layermem;

import dev.engram.metrics.MeasuredLayer;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * ΔLayerMem: what a layer adds to the memorization of the layers before it (Eq. 4). The paper takes the difference against two
 * different predecessors, and which layers come out on top depends on it; so both are given.
 */
public final class LayerDeltas {
    private LayerDeltas() {}

    /**
     * Table 1: against the previous row among convolutions and residual sums (layer 5 against Res2, not against layer 4). Unset
     * for the first of them, and for all other points.
     *
     * @param layerMem LayerMem of each layer
     */
    public static OptionalDouble[] againstConvolution(List<MeasuredLayer> layers, double[] layerMem) {
        return against(layers, layerMem, layer -> layer.point().equals("conv") || layer.point().equals("add"));
    }

    /** Table 18: against the previous row, normalization and pooling included. Unset for the first. */
    public static OptionalDouble[] againstModule(List<MeasuredLayer> layers, double[] layerMem) {
        return against(layers, layerMem, layer -> true);
    }

    private static OptionalDouble[] against(
            List<MeasuredLayer> layers, double[] layerMem, Predicate<MeasuredLayer> counts) {
        OptionalDouble[] deltas = new OptionalDouble[layers.size()];
        int previous = -1;
        for (int i = 0; i < deltas.length; i++) {
            deltas[i] = OptionalDouble.empty();
            if (!counts.test(layers.get(i))) {
                continue;
            }
            if (previous >= 0) {
                deltas[i] = OptionalDouble.of(layerMem[i] - layerMem[previous]);
            }
            previous = i;
        }
        return deltas;
    }
}
