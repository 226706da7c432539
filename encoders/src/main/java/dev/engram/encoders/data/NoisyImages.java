package dev.engram.encoders.data;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.image.Picture;
import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A data set with noise in place of some of its pixels or labels. Noisy pixels are normal draws of the set's own mean and deviation, rounded
 * and clipped to bytes; noisy labels are drawn evenly over all classes. Which images, and every draw, is a function of the seed and the
 * set; nothing is drawn again later. Ids and repeat counts stay; boxes of noisy pixels go. One more pass over the pixels for the moments.
 */
public final class NoisyImages implements ImageSource {
    private final ImageSet set;
    private final NoiseRecipe recipe;
    private final BitSet inputs;
    private final BitSet labels;

    /** @throws UnfitSourceException if no image may become noisy, or other labels are asked for where there is one class */
    public NoisyImages(ImageSet set, NoiseRecipe recipe) {
        this.set = requireNonNull(set, "set");
        this.recipe = requireNonNull(recipe, "recipe");
        if (recipe.labels() > 0 && !recipe.mayKeepLabel() && set.classNames().size() < 2) {
            throw new UnfitSourceException("noise: there is no other label, " + set.name() + " has one class");
        }
        this.inputs = draw("noisy-inputs", recipe.inputs());
        this.labels = draw("noisy-labels", recipe.labels());
    }

    /** Indices of the images whose pixels are noise. */
    public BitSet noisyInputs() {
        return (BitSet) inputs.clone();
    }

    /** Indices of the images whose label is drawn anew. */
    public BitSet noisyLabels() {
        return (BitSet) labels.clone();
    }

    @Override
    public List<String> read(ImageSink sink) throws IOException {
        NoiseMoments moments = inputs.isEmpty() ? null : NoiseMoments.of(set, recipe.moments());
        for (int i = 0; i < set.size(); i++) {
            Picture picture = inputs.get(i) ? noise(i, moments) : set.picture(i);
            List<Box> boxes = inputs.get(i) ? List.of() : set.boxes(i);
            sink.picture(picture, new ImageSink.Origin("image " + set.id(i), label(i), set.id(i), boxes, set.repeatCount(i)));
        }
        return set.classNames();
    }

    @Override
    public long expected() {
        return set.size();
    }

    /** The label image {@code index} has here. */
    public int label(int index) {
        int old = set.label(index);
        if (!labels.get(index)) {
            return old;
        }
        RandomStream draws = StatelessRandom.of(recipe.seed(), "label-noise").at(0, set.id(index), 0);
        int classes = set.classNames().size();
        if (recipe.mayKeepLabel()) {
            return draws.uniformInt(classes);
        }
        int other = draws.uniformInt(classes - 1);
        return other < old ? other : other + 1;
    }

    private Picture noise(int index, NoiseMoments moments) {
        ImageShape shape = set.shape();
        RandomStream draws = StatelessRandom.of(recipe.seed(), "input-noise").at(0, set.id(index), 0);
        byte[] planes = new byte[shape.bytes()];
        for (int i = 0; i < planes.length; i++) {
            double value = moments.mean(i) + moments.deviation(i) * draws.normal();
            planes[i] = (byte) Math.clamp(Math.round(value), 0, 255);
        }
        return new Picture(shape.channels(), shape.height(), shape.width(), planes);
    }

    /** A share of the images that may become noisy, rounded to a whole number of them. */
    private BitSet draw(String purpose, double share) {
        List<Integer> eligible = new ArrayList<>();
        for (int i = 0; i < set.size(); i++) {
            if (set.id(i) >= recipe.fromId() && set.id(i) < recipe.toId()) {
                eligible.add(i);
            }
        }
        if (eligible.isEmpty()) {
            throw new UnfitSourceException("noise: %s has no image with an id from %d to %d"
                    .formatted(set.name(), recipe.fromId(), recipe.toId() - 1));
        }
        int[] order = StatelessRandom.of(recipe.seed(), purpose).permutation(eligible.size(), 0);
        BitSet drawn = new BitSet(set.size());
        for (int i = 0; i < Math.round(share * eligible.size()); i++) {
            drawn.set(eligible.get(order[i]));
        }
        return drawn;
    }
}
