package dev.engram.encoders.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.data.NoiseRecipe.Moments;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoisyImagesTest {
    private static final int IMAGES = 2000;
    private static final ImageSet SET = ComposedSet.standard(1).compose(FashionMnist.test().select(IntStream.range(0, IMAGES).toArray()));

    @Test
    void allInputsAreNoiseOfTheSetsOwnMoments() throws IOException {
        ImageSet noise = derived(recipe(1, 0, Moments.PER_CHANNEL));
        ChannelMoments before = moments(SET);
        ChannelMoments after = moments(noise);
        for (int c = 0; c < 3; c++) {
            // Clipping to bytes takes a little of the deviation.
            assertEquals(before.means().get(c), after.means().get(c), 0.01);
            assertEquals(before.deviations().get(c), after.deviations().get(c), 0.015);
        }
        assertArrayEquals(SET.labels(), noise.labels());
        assertArrayEquals(SET.ids(indices()), noise.ids(indices()));
        assertTrue(noise.boxes(0).isEmpty());
        assertTrue(Math.abs(correlation(noise)) < 0.01, "neighbours " + correlation(noise));
        assertTrue(correlation(SET) > 0.5, "neighbours " + correlation(SET));
    }

    @Test
    void theSameSeedIsTheSameNoiseAnotherIsNot() throws IOException {
        assertEquals(derived(recipe(0.3, 0.2, Moments.OVERALL)).digest(), derived(recipe(0.3, 0.2, Moments.OVERALL)).digest());
        NoiseRecipe other = new NoiseRecipe(10, 0.3, 0.2, true, Moments.OVERALL, 0, Long.MAX_VALUE);
        assertNotEquals(derived(recipe(0.3, 0.2, Moments.OVERALL)).digest(), derived(other).digest());
    }

    @Test
    void aShareOfInputsIsExactlyThatShareAndTheOthersStay() throws IOException {
        NoisyImages noisy = new NoisyImages(SET, new NoiseRecipe(3, 0.25, 0, true, Moments.PER_PIXEL, 500, 1501));
        assertEquals(250, noisy.noisyInputs().cardinality());
        ImageSet derived = CollectedImages.of("d", noisy);
        for (int i = 0; i < IMAGES; i++) {
            boolean noise = noisy.noisyInputs().get(i);
            assertEquals(!noise, SET.image(i).equals(derived.image(i)), "image " + i);
            assertFalse(noise && (SET.id(i) < 500 || SET.id(i) > 1500));
        }
    }

    @Test
    void newLabelsAreEvenOverAllClasses() throws IOException {
        ImageSet derived = derived(recipe(0, 1, Moments.PER_CHANNEL));
        int[] counts = new int[10];
        int kept = 0;
        for (int i = 0; i < IMAGES; i++) {
            counts[derived.label(i)]++;
            kept += derived.label(i) == SET.label(i) ? 1 : 0;
            assertEquals(SET.imageDigest(i), derived.imageDigest(i));
        }
        double chiSquare = Arrays.stream(counts).mapToDouble(count -> Math.pow(count - 200, 2) / 200).sum();
        assertTrue(chiSquare < 27.9, "chi square with 9 degrees of freedom, p = 0.001: " + chiSquare);
        assertEquals(200, kept, 5 * Math.sqrt(180));
        ImageSet never = derived(new NoiseRecipe(9, 0, 1, false, Moments.PER_CHANNEL, 0, Long.MAX_VALUE));
        for (int i = 0; i < IMAGES; i++) {
            assertNotEquals(SET.label(i), never.label(i));
        }
    }

    @Test
    void badRecipesAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> recipe(0, 0, Moments.OVERALL));
        assertThrows(IllegalArgumentException.class, () -> recipe(1.5, 0, Moments.OVERALL));
        assertThrows(IllegalArgumentException.class, () -> new NoisyImages(SET, new NoiseRecipe(0, 1, 0, true, Moments.OVERALL, 90_000, 90_001)));
    }

    private static NoiseRecipe recipe(double inputs, double labels, Moments moments) {
        return new NoiseRecipe(9, inputs, labels, true, moments, 0, Long.MAX_VALUE);
    }

    private static ImageSet derived(NoiseRecipe recipe) throws IOException {
        return CollectedImages.of("derived", new NoisyImages(SET, recipe));
    }

    private static int[] indices() {
        return IntStream.range(0, IMAGES).toArray();
    }

    private static ChannelMoments moments(ImageSet set) {
        ChannelMoments moments = new ChannelMoments(set.shape());
        for (int i = 0; i < set.size(); i++) {
            byte[] image = new byte[set.shape().bytes()];
            set.image(i).get(image);
            moments.add(image);
        }
        return moments;
    }

    /** Of pixels beside each other, red, first hundred images. */
    private static double correlation(ImageSet set) {
        double xy = 0;
        double xx = 0;
        double mean = moments(set).means().getFirst() * 255;
        for (int i = 0; i < 100; i++) {
            for (int at = 0; at < 1023; at++) {
                double x = (set.image(i).get(at) & 0xFF) - mean;
                xy += x * ((set.image(i).get(at + 1) & 0xFF) - mean);
                xx += x * x;
            }
        }
        return xy / xx;
    }
}
