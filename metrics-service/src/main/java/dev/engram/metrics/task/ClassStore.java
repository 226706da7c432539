package dev.engram.metrics.task;

import dev.engram.metrics.classmem.ClassActivations;
import dev.engram.metrics.measure.UnitMeans.UnitLayer;
import dev.engram.runs.RunFailure;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** What the units of an encoder have shown of each class so far: first of its training images, then of external points. */
final class ClassStore implements SavePoints.State {
    private final List<UnitLayer> layers;
    private final List<ClassActivations> training;
    private final List<ClassActivations> external;
    private final int trainingImages;
    private int images;

    /** @param trainingImages how many of the images come first */
    ClassStore(List<UnitLayer> layers, int classes, int trainingImages) {
        this.layers = layers;
        this.training = layers.stream().map(layer -> new ClassActivations(layer.units(), classes)).toList();
        this.external = layers.stream().map(layer -> new ClassActivations(layer.units(), classes)).toList();
        this.trainingImages = trainingImages;
    }

    /**
     * Adds the next images.
     *
     * @param block their means, {@code [B · units]} for each layer
     * @throws RunFailure DIVERGED if one is NaN or infinite
     */
    void add(int[] labels, List<float[]> block) {
        for (int image = 0; image < labels.length; image++) {
            List<ClassActivations> part = images < trainingImages ? training : external;
            for (int layer = 0; layer < layers.size(); layer++) {
                try {
                    part.get(layer).add(labels[image], block.get(layer), image * layers.get(layer).units());
                } catch (IllegalArgumentException e) {
                    throw RunFailure.diverged(0, layers.get(layer).layer().layer() + ": " + e.getMessage());
                }
            }
            images++;
        }
    }

    /** Images added so far. */
    int images() {
        return images;
    }

    ClassActivations training(int layer) {
        return training.get(layer);
    }

    ClassActivations external(int layer) {
        return external.get(layer);
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(images);
        for (ClassActivations activations : all()) {
            activations.write(out);
        }
    }

    @Override
    public void read(DataInputStream in) throws IOException {
        images = in.readInt();
        for (ClassActivations activations : all()) {
            activations.read(in);
        }
    }

    private List<ClassActivations> all() {
        return Stream.concat(training.stream(), external.stream()).toList();
    }
}
