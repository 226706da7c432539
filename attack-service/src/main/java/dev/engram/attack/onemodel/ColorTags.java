package dev.engram.attack.onemodel;

import dev.engram.encoders.augment.CropRectangle;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageShape;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What can be seen of a background without a network: its most frequent colours, each channel told in four steps. They take the place of
 * the published test's words from a tagging network.
 */
public final class ColorTags {
    private static final int STEPS = 4;
    private static final int STEP = 256 / STEPS;

    private ColorTags() {}

    /** How many tags there are for images of so many channels. */
    public static int vocabulary(int channels) {
        return (int) Math.pow(STEPS, channels);
    }

    /** The at most {@code most} colours that fill most of a part of an image, most frequent first, of equals the smaller tag first. */
    public static int[] of(ImageSet images, int index, CropRectangle part, int most) {
        ImageShape shape = images.shape();
        ByteBuffer image = images.image(index);
        int[] counts = new int[vocabulary(shape.channels())];
        for (int y = part.top(); y < part.top() + part.height(); y++) {
            for (int x = part.left(); x < part.left() + part.width(); x++) {
                int tag = 0;
                for (int channel = 0; channel < shape.channels(); channel++) {
                    tag = tag * STEPS + (image.get((channel * shape.height() + y) * shape.width() + x) & 0xFF) / STEP;
                }
                counts[tag]++;
            }
        }
        return IntStream.range(0, counts.length)
                .filter(tag -> counts[tag] > 0)
                .boxed()
                .sorted(Comparator.comparingInt((Integer tag) -> -counts[tag]).thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
