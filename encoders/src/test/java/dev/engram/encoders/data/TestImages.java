package dev.engram.encoders.data;

import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** Small image sets for tests. */
final class TestImages {
    static final ImageShape TINY = new ImageShape(1, 2, 3);

    private TestImages() {}

    /** Random images, labels 0, 1, 2, 0, 1, 2, …; every third image has a box; ids 100, 101, …. */
    static ImageSet random(int images) {
        return random(images, i -> 1);
    }

    /** The same, each repeated so many times. */
    static ImageSet random(int images, IntUnaryOperator repeatCount) {
        Random random = new Random(5);
        ImageSetBuilder builder = new ImageSetBuilder("random", TINY, List.of("a", "b", "c"), images);
        for (int i = 0; i < images; i++) {
            byte[] image = new byte[TINY.bytes()];
            random.nextBytes(image);
            builder.add(image, i % 3, 100 + i, i % 3 == 0 ? List.of(new Box(1, 0, 3, 2)) : List.of(), repeatCount.applyAsInt(i));
        }
        return builder.build();
    }

    /** One image per label, each filled with its value. */
    static ImageSet filled(int[] values, int[] labels) {
        ImageSetBuilder builder = new ImageSetBuilder("filled", TINY, List.of("a", "b", "c"), values.length);
        for (int i = 0; i < values.length; i++) {
            byte[] image = new byte[TINY.bytes()];
            java.util.Arrays.fill(image, (byte) values[i]);
            builder.add(image, labels[i]);
        }
        return builder.build();
    }
}
