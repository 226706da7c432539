package dev.engram.metrics.task;

import dev.engram.metrics.measure.UnitMeans.UnitLayer;
import dev.engram.metrics.unitmem.MeansTable;
import dev.engram.metrics.unitmem.UnitActivations;
import dev.engram.metrics.unitmem.UnitMem;
import dev.engram.runs.RunFailure;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one encoder's units have shown so far: an accumulator a layer, and all means where the median is wanted. */
final class UnitStore implements SavePoints.State {
    private final List<UnitLayer> layers;
    private final List<UnitActivations> activations = new ArrayList<>();
    private final Optional<MeansTable> means;

    /** @param images how many will be added; needed for the median only */
    UnitStore(List<UnitLayer> layers, int topImages, boolean median, int images) {
        this.layers = layers;
        for (UnitLayer layer : layers) {
            activations.add(new UnitActivations(layer.units(), topImages));
        }
        this.means = median ? Optional.of(new MeansTable(images, units(layers))) : Optional.empty();
    }

    static int units(List<UnitLayer> layers) {
        return layers.stream().mapToInt(UnitLayer::units).sum();
    }

    /**
     * Adds a block of images with their means, {@code [B · units]} for each layer.
     *
     * @throws RunFailure DIVERGED if one is NaN or infinite
     */
    void add(int[] imageIds, List<float[]> block) {
        for (int image = 0; image < imageIds.length; image++) {
            for (int layer = 0; layer < layers.size(); layer++) {
                int units = layers.get(layer).units();
                try {
                    activations.get(layer).add(imageIds[image], block.get(layer), image * units);
                } catch (IllegalArgumentException e) {
                    throw RunFailure.diverged(0, layers.get(layer).layer().layer() + ": " + e.getMessage());
                }
            }
            int row = image;
            means.ifPresent(table -> table.add(block, layers.stream().mapToInt(UnitLayer::units).toArray(), row));
        }
    }

    /** Adds the images that another store of the same network has, which come next. */
    void append(UnitStore next) {
        for (int layer = 0; layer < layers.size(); layer++) {
            activations.get(layer).merge(next.activations.get(layer));
        }
        means.ifPresent(table -> table.append(next.means.orElseThrow()));
    }

    /** Images added so far. */
    int images() {
        return activations.getFirst().images();
    }

    UnitActivations layer(int layer) {
        return activations.get(layer);
    }

    /** Eq. 8 of one unit, with the mean or the median of the others. */
    UnitMem unitMem(int layer, int unit) {
        if (means.isEmpty()) {
            return activations.get(layer).unitMem(unit);
        }
        return means.get().unitMem(units(layers.subList(0, layer)) + unit);
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
        for (UnitActivations layer : activations) {
            layer.write(out);
        }
        if (means.isPresent()) {
            means.get().write(out);
        }
    }

    @Override
    public void read(DataInputStream in) throws IOException {
        for (int layer = 0; layer < layers.size(); layer++) {
            UnitActivations read = UnitActivations.read(in);
            if (read.units() != layers.get(layer).units()) {
                throw new IOException("%s: the resume point has %d units, the network %d"
                        .formatted(layers.get(layer).layer().layer(), read.units(), layers.get(layer).units()));
            }
            activations.set(layer, read);
        }
        if (means.isPresent()) {
            means.get().read(in);
        }
    }
}
