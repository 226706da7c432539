package dev.engram.encoders.edit;

import java.util.List;

/**
 * What is exchanged as one: a layer, or a module with all that is below it, such as a residual block.
 *
 * @param path PyTorch's module path
 * @param layers of the part in forward order; at least one
 * @param all names of all its tensors; those of a module hold what belongs to none of its layers, too, such as a transformer block's normalizations
 */
public record ExchangePart(String path, List<EditableLayer> layers, List<String> all) {
    public ExchangePart {
        layers = List.copyOf(layers);
        all = List.copyOf(all);
    }

    /** A layer by itself, with its normalization. */
    public static ExchangePart of(EditableLayer layer) {
        return new ExchangePart(layer.path(), List.of(layer), layer.tensors(LayerScope.LAYER_AND_NORM));
    }

    /** Whether this is more than one layer of that path. */
    public boolean isModule() {
        return !layers.getFirst().path().equals(path);
    }

    /** Names of the tensors of a scope; of {@link LayerScope#LAYER_AND_NORM} all. */
    public List<String> tensors(LayerScope scope) {
        return scope == LayerScope.LAYER_AND_NORM
                ? all
                : layers.stream().flatMap(layer -> layer.tensors(scope).stream()).toList();
    }

    /** Names of those tensors of a scope that belong to no layer. */
    public List<String> besideLayers(LayerScope scope) {
        List<String> ofLayers = layers.stream().flatMap(layer -> layer.tensors(scope).stream()).toList();
        return tensors(scope).stream().filter(tensor -> !ofLayers.contains(tensor)).toList();
    }

    /** Whether a tap or tensor of this name lies in the part. */
    public boolean contains(String name) {
        return name.equals(path) || name.startsWith(path + ".");
    }
}
