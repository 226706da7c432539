package dev.engram.encoders.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The places of one epoch of training: every image of a training set, a repeated one as many times as its repeat count says, visit after
 * visit. An epoch over them is what one over as many copies of the image would be, without the copies: each visit has views of its own.
 *
 * <p>So a repeated image can meet itself in a batch, as copies would; a contrastive loss then takes it for another image. Immutable.
 */
public final class Visits {
    /** The draws of visit v of an image begin at number v · {@value}: the first are those of an image that is visited once. */
    public static final int DRAWS = 1 << 20;

    private final int[] indices;
    private final int[] numbers;

    private Visits(int[] indices, int[] numbers) {
        this.indices = indices;
        this.numbers = numbers;
    }

    /** Each image once, whatever its repeat count, in this order. */
    public static Visits once(int[] training) {
        return new Visits(training.clone(), new int[training.length]);
    }

    /** @param training positions in {@code images}; the visits of each stand together, in this order */
    public static Visits of(ImageSet images, int[] training) {
        int[] indices = Arrays.stream(training)
                .flatMap(index -> IntStream.generate(() -> index).limit(images.repeatCount(index)))
                .toArray();
        int[] numbers = Arrays.stream(training).flatMap(index -> IntStream.range(0, images.repeatCount(index))).toArray();
        return new Visits(indices, numbers);
    }

    /** How many places an epoch has. */
    public int size() {
        return indices.length;
    }

    /** The images at these places, as positions in the image set. */
    public int[] images(int[] places) {
        return Arrays.stream(places).map(place -> indices[place]).toArray();
    }

    /** Which visit of its image each of these places is, from 0. */
    public int[] numbers(int[] places) {
        return Arrays.stream(places).map(place -> numbers[place]).toArray();
    }

    /** Whether some image has more than one place. */
    public boolean hasRepeats() {
        return Arrays.stream(numbers).anyMatch(number -> number > 0);
    }
}
