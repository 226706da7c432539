package dev.engram.attack.onemodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.attack.onemodel.NaiveBayes.Rule;
import dev.engram.encoders.augment.CropRectangle;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetBuilder;
import dev.engram.encoders.data.ImageShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class NaiveBayesTest {
    /** Class 0: tags 0 and 1, tag 0, tag 0; class 1: tag 1, tags 1 and 2. */
    private static final int[][] TAGS = {{0, 1}, {0}, {0}, {1}, {1, 2}};
    private static final int[] LABELS = {0, 0, 0, 1, 1};

    @Test
    void asPublishedPosteriorsAreMultiplied() {
        NaiveBayes bayes = new NaiveBayes(Rule.PRODUCT_OF_POSTERIORS, TAGS, LABELS, 4, 2);
        double[] scores = {1.0 / 3, 2.0 / 3};
        assertArrayEquals(scores, bayes.posterior(new int[] {1}), 1e-15);
        double zero = 3.0 / 3 * (1.0 / 3);
        double one = 1e-10 * (2.0 / 3);
        assertArrayEquals(
                new double[] {zero / (zero + one), one / (zero + one)}, bayes.posterior(new int[] {0, 1}), 1e-15);
        assertEquals(List.of(1, 0), bayes.guess(new int[] {1}).ranking());
    }

    @Test
    void withoutTagsOrWithUnknownOnesAllClassesAreEqual() {
        NaiveBayes bayes = new NaiveBayes(Rule.PRODUCT_OF_POSTERIORS, TAGS, LABELS, 4, 2);
        assertArrayEquals(new double[] {0.5, 0.5}, bayes.posterior(new int[0]));
        assertArrayEquals(new double[] {0.5, 0.5}, bayes.posterior(new int[] {3}));
        assertEquals(0, bayes.guess(new int[0]).prediction());
        assertEquals(-Math.log(2), bayes.guess(new int[0]).confidence(), 1e-15);
    }

    @Test
    void theTextbooksWeighsClassesAndSmooths() {
        NaiveBayes bayes = new NaiveBayes(Rule.TEXTBOOK, TAGS, LABELS, 4, 2);
        double zero = 4.0 / 7 * (2.0 / 8);
        double one = 3.0 / 7 * (3.0 / 7);
        assertArrayEquals(
                new double[] {zero / (zero + one), one / (zero + one)}, bayes.posterior(new int[] {1}), 1e-15);
        assertEquals(0, bayes.guess(new int[0]).prediction());
    }

    @Test
    void tagsAreTheColorsThatFillMost() {
        byte[] pixels = new byte[3 * 4];
        byte[] red = {(byte) 255, (byte) 255, (byte) 250, 0};
        byte[] blue = {0, 0, 63, (byte) 64};
        System.arraycopy(red, 0, pixels, 0, 4);
        System.arraycopy(blue, 0, pixels, 8, 4);
        ImageSet image = new ImageSetBuilder("one", new ImageShape(3, 2, 2), List.of("a"), 1)
                .add(pixels, 0, 0, List.of())
                .build();
        assertArrayEquals(new int[] {3 * 16, 1}, ColorTags.of(image, 0, CropRectangle.whole(2, 2), 3));
        assertArrayEquals(new int[] {1, 3 * 16}, ColorTags.of(image, 0, new CropRectangle(1, 0, 1, 2), 3));
        assertArrayEquals(new int[] {3 * 16}, ColorTags.of(image, 0, CropRectangle.whole(2, 2), 1));
        assertEquals(64, ColorTags.vocabulary(3));
    }
}
