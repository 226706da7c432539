package dev.engram.encoders.corrupt;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetBuilder;
import dev.engram.encoders.image.Picture;
import dev.engram.encoders.random.StatelessRandom;
import java.util.List;

/** Spoiled copies of some images of a set, in their own size, before anything is resized. */
public final class CorruptedImages {
    private CorruptedImages() {}

    /**
     * Copies with their ids and labels, in the given order, without boxes. What happens to an image depends on the seed, its id, the corruption
     * and the severity alone. Memory: the copies.
     *
     * @param indices positions in the set, at least one
     * @param severity 1 to 5
     */
    public static ImageSet of(ImageSet images, int[] indices, Corruption corruption, int severity, long seed) {
        StatelessRandom random = StatelessRandom.of(seed, "corruption " + corruption.id());
        ImageSetBuilder spoiled = new ImageSetBuilder(
                "%s, %s %d".formatted(images.name(), corruption.id(), severity), images.shape(), images.classNames(), indices.length);
        for (int index : indices) {
            Picture picture = corruption.of(images.picture(index), severity, random.at(severity, images.id(index), 0));
            spoiled.add(picture.planes(), images.label(index), images.id(index), List.of());
        }
        return spoiled.build();
    }
}
