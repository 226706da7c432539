package dev.engram.metrics.classmem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassMemTest {

    @Test
    void theLargestMeanAgainstTheMeanOfTheOthers() {
        assertEquals(new ClassMem(0, 3, 1), ClassMem.of(new double[] {3, 1, 1, 1}));
        assertEquals(0.5, ClassMem.of(new double[] {3, 1, 1, 1}).score());
        assertEquals(1, ClassMem.of(new double[] {0, 0, 7}).score());
        assertEquals(0, ClassMem.of(new double[] {2, 2, 2}).score());
        assertEquals(0, ClassMem.of(new double[] {2, 2, 2}).classIndex());
    }

    @Test
    void aClassWithoutImagesIsNoClass() {
        assertEquals(new ClassMem(1, 3, 1), ClassMem.of(new double[] {Double.NaN, 3, 1, Double.NaN}));
        assertThrows(IllegalArgumentException.class, () -> ClassMem.of(new double[] {Double.NaN, 3}));
    }

    @Test
    void aUnitThatNoClassDrivesIsDead() {
        ClassMem dead = ClassMem.of(new double[] {0, 0});
        assertTrue(dead.dead());
        assertEquals(0, dead.score());
        assertEquals(-1, dead.classIndex());
    }

    /** A naive mean over all images of a class; the shards are of unequal sizes and in another order. */
    @Test
    void classMeansAsTheNaiveOnesInAnyOrderAndAnyShards() throws IOException {
        Random random = new Random(8);
        int images = 200;
        float[][] means = new float[images][3];
        int[] labels = new int[images];
        double[][] sums = new double[3][4];
        int[] counts = new int[4];
        for (int i = 0; i < images; i++) {
            labels[i] = random.nextInt(3);
            counts[labels[i]]++;
            for (int unit = 0; unit < 3; unit++) {
                means[i][unit] = (float) Math.abs(random.nextGaussian());
                sums[unit][labels[i]] += means[i][unit];
            }
        }
        ClassActivations whole = new ClassActivations(3, 4);
        ClassActivations first = new ClassActivations(3, 4);
        ClassActivations second = new ClassActivations(3, 4);
        for (int i = 0; i < images; i++) {
            whole.add(labels[i], means[i], 0);
            (i % 7 == 0 ? first : second).add(labels[images - 1 - i], means[images - 1 - i], 0);
        }
        first.merge(second);
        assertArrayEquals(bytes(whole), bytes(first));
        assertEquals(images, whole.images());
        assertEquals(3, whole.classes());
        for (int unit = 0; unit < 3; unit++) {
            double[] found = whole.means(unit);
            assertTrue(Double.isNaN(found[3]));
            for (int label = 0; label < 3; label++) {
                assertEquals(sums[unit][label] / counts[label], found[label], 1e-12);
            }
        }
    }

    @Test
    void aStateGoesOnFromItsBytesAndIsRefusedByAnotherNetwork() throws IOException {
        ClassActivations begun = new ClassActivations(2, 2);
        begun.add(1, new float[] {1, 2}, 0);
        ClassActivations read = new ClassActivations(2, 2);
        read.read(new DataInputStream(new ByteArrayInputStream(bytes(begun))));
        assertArrayEquals(bytes(begun), bytes(read));
        assertThrows(IOException.class, () -> new ClassActivations(3, 2)
                .read(new DataInputStream(new ByteArrayInputStream(bytes(begun)))));
        assertThrows(IllegalArgumentException.class, () -> begun.merge(new ClassActivations(2, 3)));
    }

    @Test
    void whatIsNotFiniteIsNamedAndNothingIsAdded() {
        ClassActivations activations = new ClassActivations(2, 2);
        var failure = assertThrows(
                IllegalArgumentException.class, () -> activations.add(0, new float[] {1, Float.POSITIVE_INFINITY}, 0));
        assertEquals("mean activation of unit 1 is Infinity", failure.getMessage());
        assertEquals(0, activations.images());
    }

    private static byte[] bytes(ClassActivations activations) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        activations.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
