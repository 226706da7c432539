package dev.engram.metrics.task;

import dev.engram.metrics.classmem.ClassActivations;
import dev.engram.metrics.measure.UnitMeans.UnitLayer;
import dev.engram.runs.RunFailure;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** What the units of an encoder have shown of each class so far, of its training images and of external points. */
final class ClassStore implements SavePoints.State {
    private final List<UnitLayer> layers;
    private final List<ClassActivations> training;
    private final List<ClassActivations> external;

    ClassStore(List<UnitLayer> layers, int classes) {
        this.layers = layers;
        this.training = layers.stream().map(layer -> new ClassActivations(layer.units(), classes)).toList();
        this.external = layers.stream().map(layer -> new ClassActivations(layer.units(), classes)).toList();
    }

    /**
     * Adds an image.
     *
     * @param isExternal whether it is an external point instead of a training image
     * @param block means of a block of images, {@code [B · units]} for each layer
     * @param image its place in the block
     * @throws RunFailure DIVERGED if one of its means is NaN or infinite
     */
    void add(boolean isExternal, int label, List<float[]> block, int image) {
        List<ClassActivations> part = isExternal ? external : training;
        for (int layer = 0; layer < layers.size(); layer++) {
            try {
                part.get(layer).add(label, block.get(layer), image * layers.get(layer).units());
            } catch (IllegalArgumentException e) {
                throw RunFailure.diverged(0, layers.get(layer).layer().layer() + ": " + e.getMessage());
            }
        }
    }

    /** Adds the images that another store of the same network and classes has. */
    void append(ClassStore next) {
        for (int layer = 0; layer < layers.size(); layer++) {
            training.get(layer).merge(next.training.get(layer));
            external.get(layer).merge(next.external.get(layer));
        }
    }

    ClassActivations training(int layer) {
        return training.get(layer);
    }

    ClassActivations external(int layer) {
        return external.get(layer);
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
        for (ClassActivations activations : all()) {
            activations.write(out);
        }
    }

    @Override
    public void read(DataInputStream in) throws IOException {
        for (ClassActivations activations : all()) {
            activations.read(in);
        }
    }

    private List<ClassActivations> all() {
        return Stream.concat(training.stream(), external.stream()).toList();
    }
}
