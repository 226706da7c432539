package dev.engram.attack.run;

import dev.engram.attack.crop.CropSelection;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.random.StatelessRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * An encoder with perfect memory of some images: it puts them, whole or in part, beside the public images of their class, and
 * anything else somewhere at random.
 */
final class FakeEncoder implements FeatureSource {
    private final Set<Integer> remembered = new HashSet<>();
    private final long seed;
    private boolean broken;
    int embedded;

    FakeEncoder(int[] remembered, long seed) {
        Arrays.stream(remembered).forEach(this.remembered::add);
        this.seed = seed;
    }

    /** With NaN in its weights, if so. */
    FakeEncoder broken(boolean isBroken) {
        broken = isBroken;
        return this;
    }

    @Override
    public List<FeatureMatrix> whole(ImageSet images, int[] indices, IntConsumer batch) {
        FeatureMatrix features = FeatureMatrix.zeros(indices.length, images.classNames().size());
        for (int i = 0; i < indices.length; i++) {
            features.put(i, atClass(images, indices[i]));
        }
        count(indices.length, batch);
        return List.of(features);
    }

    @Override
    public List<FeatureMatrix> crops(ImageSet images, CropSelection crops, IntConsumer batch) {
        FeatureMatrix features = FeatureMatrix.zeros(crops.size(), images.classNames().size());
        for (int i = 0; i < crops.size(); i++) {
            int index = crops.indices()[i];
            features.put(i, remembered.contains(index) ? atClass(images, index) : somewhere(images, index));
        }
        count(crops.size(), batch);
        return List.of(features);
    }

    @Override
    public void close() {}

    private float[] atClass(ImageSet images, int index) {
        float[] feature = StatelessRandom.of(seed, "near").at(0, index, 0).normalFloats(images.classNames().size(), 0, 0.1);
        feature[images.label(index)] += broken ? Float.NaN : 10;
        return feature;
    }

    private float[] somewhere(ImageSet images, int index) {
        return StatelessRandom.of(seed, "far").at(0, index, 0).normalFloats(images.classNames().size(), 3, 3);
    }

    private void count(int images, IntConsumer batch) {
        embedded += images;
        batch.accept(images);
    }
}
