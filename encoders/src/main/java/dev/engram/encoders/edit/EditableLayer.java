package dev.engram.encoders.edit;

import dev.engram.encoders.network.Tap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A convolution or fully connected layer, with what belongs to its units.
 *
 * @param path PyTorch's module path
 * @param kind CONV or LINEAR
 * @param units U, the first dimension of every tensor of {@code own}
 * @param own names of its weight and, where there is one, its bias
 * @param norm the normalization that reads its output, if one does
 * @param activation path of the ReLU or GELU that reads the normalization's output, or the layer's own where there is none
 */
public record EditableLayer(
        String path, Tap.Kind kind, int units, List<String> own, Optional<Norm> norm, Optional<String> activation) {
    public EditableLayer {
        own = List.copyOf(own);
    }

    /**
     * A normalization of a layer's units.
     *
     * @param path of its tap
     * @param acrossUnits whether one unit's values change how others are normalized (group and layer normalization)
     * @param affine names of scale and shift, {@code [U]} each
     * @param statistics names of its buffers
     */
    public record Norm(String path, boolean acrossUnits, List<String> affine, List<String> statistics) {
        public Norm {
            affine = List.copyOf(affine);
            statistics = List.copyOf(statistics);
        }
    }

    /** Name of the weight, {@code [U, …]}. */
    public String weight() {
        return own.getFirst();
    }

    /** The tap at which a unit's activation leaves the layer: that of the activation function, else of the normalization, else its own. */
    public String output() {
        return activation.or(() -> norm.map(Norm::path)).orElse(path);
    }

    /** The tap at which a unit that is switched off is exactly 0: that of the normalization, else its own. */
    public String silenced() {
        return norm.map(Norm::path).orElse(path);
    }

    /** Names of the tensors of a scope. */
    public List<String> tensors(LayerScope scope) {
        return switch (scope) {
            case WEIGHT -> List.of(weight());
            case LAYER -> own;
            case LAYER_AND_NORM -> Stream.concat(
                            own.stream(), norm.stream().flatMap(found -> Stream.concat(found.affine().stream(), found.statistics().stream())))
                    .toList();
        };
    }
}
