package dev.engram.metrics.layermem;

import dev.engram.metrics.MeasuredLayer;
import java.util.Arrays;
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

    /**
     * Table 10, for transformers: attention output against the residual sum of the block before, fully connected output against the residual sum
     * after the attention of its own block, and a block's last residual sum against that of the block before (the paper's ΔBlockMem). Its Table 2
     * takes the attention against the fully connected output before, which is another number. Unset in the first block for attention and block, and
     * for all other rows.
     */
    public static OptionalDouble[] againstBlock(List<MeasuredLayer> layers, double[] layerMem) {
        OptionalDouble[] deltas = new OptionalDouble[layers.size()];
        Arrays.fill(deltas, OptionalDouble.empty());
        int blockBefore = -1;
        int afterAttention = -1;
        for (int i = 0; i < deltas.length; i++) {
            String layer = layers.get(i).layer();
            boolean sum = layers.get(i).point().equals("add");
            boolean lastSum = sum && layer.endsWith(".add_1");
            if (sum && layer.endsWith(".add")) {
                afterAttention = i;
            }
            int against = layer.endsWith(".mlp.fc2") ? afterAttention : layer.endsWith(".attn.proj") || lastSum ? blockBefore : -1;
            if (against >= 0) {
                deltas[i] = OptionalDouble.of(layerMem[i] - layerMem[against]);
            }
            if (lastSum) {
                blockBefore = i;
            }
        }
        return deltas;
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
