package dev.engram.metrics.unitmem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

class UnitActivationsTest {

    @Test
    void vectorsComputedByHand() {
        assertEquals(1, mean(4, 0, 0, 0).score());
        assertEquals(0, mean(1, 1, 1, 1).score());
        assertEquals(0.5, mean(2, 1, 1, 0).score(), 1e-15);
        assertEquals(1.0 / 3, median(2, 1, 1, 0).score(), 1e-15);
        assertEquals(0, mean(0, 0, 0).score());
        assertTrue(mean(0, 0, 0).dead());
        assertTrue(median(0, 0, 0).dead());
        assertFalse(mean(1, 1).dead());
        assertEquals(mean(3, 1), median(3, 1));
    }

    @Test
    void oneImageHasNoOthers() {
        UnitActivations one = activations(new float[][] {{1}}, 3);
        assertThrows(IllegalStateException.class, () -> one.unitMem(0));
        assertThrows(IllegalStateException.class, () -> MedianOfOthers.unitMem(new float[] {1}));
    }

    @Test
    void agreesWithANaiveLoop() {
        float[][] means = random(300, 40, 1);
        UnitActivations activations = activations(means, 5);
        for (int unit = 0; unit < 40; unit++) {
            assertEquals(naive(means, unit), activations.unitMem(unit).score(), 1e-14);
        }
    }

    @Test
    void tiesGoToTheSmallestIdAndAreCounted() {
        float[][] means = {{1, 5}, {3, 5}, {3, 0}, {2, 5}, {3, 1}};
        UnitActivations activations = new UnitActivations(2, 3);
        int[] order = {4, 2, 0, 3, 1};
        for (int image : order) {
            activations.add(image, means[image], 0);
        }
        assertEquals(3, activations.ties(0));
        assertEquals(3, activations.ties(1));
        assertArrayEquals(new int[] {1, 2, 4}, top(activations, 0));
        assertArrayEquals(new int[] {0, 1, 3}, top(activations, 1));
        assertEquals(3, activations.topMean(0, 2));
    }

    @Test
    void shardsMergedInAnyOrderAreTheSinglePassToTheBit() throws IOException {
        float[][] means = random(500, 30, 2);
        UnitActivations single = activations(means, 7);
        UnitActivations[] shards = new UnitActivations[4];
        for (int shard = 0; shard < shards.length; shard++) {
            shards[shard] = new UnitActivations(30, 7);
        }
        for (int image = means.length - 1; image >= 0; image--) {
            shards[(image * 7 + image / 3) % 3].add(image, means[image], 0);
        }
        shards[3].merge(shards[1]);
        shards[3].merge(shards[0]);
        shards[2].merge(shards[3]);
        assertArrayEquals(bytes(single), bytes(shards[2]));
    }

    @Test
    void writtenAndReadGoesOnWithTheSameBits() throws IOException {
        float[][] means = random(100, 10, 3);
        UnitActivations begun = new UnitActivations(10, 4);
        for (int image = 0; image < 37; image++) {
            begun.add(image, means[image], 0);
        }
        UnitActivations resumed = UnitActivations.read(new DataInputStream(new ByteArrayInputStream(bytes(begun))));
        for (int image = 37; image < 100; image++) {
            resumed.add(image, means[image], 0);
        }
        assertArrayEquals(bytes(activations(means, 4)), bytes(resumed));
    }

    @Test
    void fewerImagesThanAreKept() {
        UnitActivations activations = activations(new float[][] {{1}, {2}}, 9);
        assertEquals(2, activations.kept(0));
        assertArrayEquals(new int[] {1, 0}, top(activations, 0));
    }

    @Test
    void negativeZeroIsZero() throws IOException {
        assertArrayEquals(
                bytes(activations(new float[][] {{0f}, {-0f}}, 2)), bytes(activations(new float[][] {{-0f}, {0f}}, 2)));
    }

    @Test
    void aFaultyImageIsRefusedWhole() throws IOException {
        UnitActivations activations = activations(random(5, 3, 4), 2);
        byte[] before = bytes(activations);
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> activations.add(77, new float[] {1, Float.NaN, 1}, 0));
        assertTrue(refused.getMessage().contains("77") && refused.getMessage().contains("unit 1"));
        assertArrayEquals(before, bytes(activations));
        assertThrows(IllegalArgumentException.class, () -> activations.merge(new UnitActivations(3, 5)));
        assertThrows(IllegalArgumentException.class, () -> new UnitActivations(3, 0));
    }

    /** Half-normal values: the score grows with the number of images although nothing is memorized. */
    @Test
    void expectationOfNoiseGrowsWithTheNumberOfImages() {
        assertEquals(0.56, meanScore(100, 2000), 0.01);
        assertEquals(0.62, meanScore(1000, 400), 0.01);
    }

    private static double meanScore(int images, int units) {
        UnitActivations activations = activations(random(images, units, 5), 1);
        double sum = 0;
        for (int unit = 0; unit < units; unit++) {
            sum += activations.unitMem(unit).score();
        }
        return sum / units;
    }

    private static double naive(float[][] means, int unit) {
        int argmax = 0;
        for (int image = 1; image < means.length; image++) {
            argmax = means[image][unit] > means[argmax][unit] ? image : argmax;
        }
        BigDecimal others = BigDecimal.ZERO;
        for (int image = 0; image < means.length; image++) {
            others = image == argmax ? others : others.add(new BigDecimal(means[image][unit]));
        }
        double rest = others.divide(new BigDecimal(means.length - 1), MathContext.DECIMAL128).doubleValue();
        return (means[argmax][unit] - rest) / (means[argmax][unit] + rest);
    }

    private static UnitMem mean(float... unit) {
        float[][] means = new float[unit.length][];
        for (int image = 0; image < unit.length; image++) {
            means[image] = new float[] {unit[image]};
        }
        return activations(means, 1).unitMem(0);
    }

    private static UnitMem median(float... unit) {
        return MedianOfOthers.unitMem(unit);
    }

    private static UnitActivations activations(float[][] means, int top) {
        UnitActivations activations = new UnitActivations(means[0].length, top);
        for (int image = 0; image < means.length; image++) {
            activations.add(image, means[image], 0);
        }
        return activations;
    }

    private static float[][] random(int images, int units, int seed) {
        RandomStream draws = StatelessRandom.of(seed, "activations").at(0, 0, 0);
        float[][] means = new float[images][units];
        for (float[] row : means) {
            for (int unit = 0; unit < units; unit++) {
                row[unit] = (float) Math.abs(draws.normal());
            }
        }
        return means;
    }

    private static int[] top(UnitActivations activations, int unit) {
        int[] ids = new int[activations.kept(unit)];
        for (int rank = 0; rank < ids.length; rank++) {
            ids[rank] = activations.topImage(unit, rank);
        }
        return ids;
    }

    private static byte[] bytes(UnitActivations activations) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        activations.write(new DataOutputStream(out));
        return out.toByteArray();
    }
}
