package dev.engram.attack.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.attack.dejavu.Interval;
import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedStatesTest {
    private static final int RESAMPLES = 500;
    private static final double[] FIRST = {1, 0, 0};
    private static final double[] DIFFERENCE = {1, -1, 0};

    /** Image by image, without counting equal ones together, and quantiles by their definition. */
    @Test
    void aDifferenceIsThatOfANaiveBootstrap() {
        List<boolean[][]> strata = List.of(verdicts(40, 1), verdicts(25, 2));
        Interval found = new PairedStates(strata, RESAMPLES, 9, () -> {}).interval(DIFFERENCE);
        StatelessRandom random = StatelessRandom.of(9, "paired states");
        double[] resampled = new double[RESAMPLES];
        double value = 0;
        for (int stratum = 0; stratum < 2; stratum++) {
            boolean[][] images = strata.get(stratum);
            for (boolean[] image : images) {
                value += difference(image) / images.length / 2;
            }
            for (int resample = 0; resample < RESAMPLES; resample++) {
                RandomStream draws = random.at(resample, stratum, 0);
                for (int i = 0; i < images.length; i++) {
                    resampled[resample] += difference(images[draws.uniformInt(images.length)]) / images.length / 2;
                }
            }
        }
        Arrays.sort(resampled);
        assertEquals(value, found.value(), 1e-12);
        assertEquals(between(resampled, 0.025 * (RESAMPLES - 1)), found.low(), 1e-12);
        assertEquals(between(resampled, 0.975 * (RESAMPLES - 1)), found.high(), 1e-12);
    }

    private static double difference(boolean[] image) {
        return (image[0] ? 1.0 : 0) - (image[1] ? 1.0 : 0);
    }

    private static double between(double[] sorted, double place) {
        int below = (int) place;
        return sorted[below] * (below + 1 - place) + sorted[below + 1] * (place - below);
    }

    /** What the same image is in both cancels: no noise is left of equal verdicts, and all of it of unpaired ones. */
    @Test
    void equalVerdictsDifferByExactlyNothing() {
        boolean[][] same = verdicts(100, 3);
        for (boolean[] image : same) {
            image[1] = image[0];
        }
        Interval difference = new PairedStates(List.<boolean[][]>of(same), RESAMPLES, 1, () -> {}).interval(DIFFERENCE);
        assertEquals(new Interval(0, 0, 0), difference);
    }

    /** A share's interval is about 1.96 standard errors wide to each side. */
    @Test
    void theWidthIsThatOfABinomialShare() {
        boolean[][] images = new boolean[400][3];
        for (int i = 0; i < 100; i++) {
            images[i][0] = true;
        }
        Interval share = new PairedStates(List.<boolean[][]>of(images), 4000, 5, () -> {}).interval(FIRST);
        double half = 1.96 * Math.sqrt(0.25 * 0.75 / 400);
        assertEquals(0.25, share.value());
        assertEquals(half, share.value() - share.low(), 0.08 * half);
        assertEquals(half, share.high() - share.value(), 0.08 * half);
    }

    private static boolean[][] verdicts(int images, long seed) {
        boolean[][] verdicts = new boolean[images][3];
        RandomStream draws = StatelessRandom.of(seed, "verdicts").at(0, 0, 0);
        for (boolean[] image : verdicts) {
            for (int i = 0; i < image.length; i++) {
                image[i] = draws.bernoulli(0.2 + 0.3 * i);
            }
        }
        assertTrue(Arrays.stream(verdicts).anyMatch(image -> image[0] != image[1]));
        return verdicts;
    }
}
