package dev.engram.encoders.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class KnnProbeTest {
    private static final FeatureMatrix LABELLED = FeatureMatrix.of(new float[][] {{0}, {1}, {2}, {10}, {11}, {12}});
    private static final int[] LABELS = {0, 0, 1, 1, 1, 0};

    @Test
    void takesTheMajorityOfTheNeighbours() {
        FeatureMatrix heldOut = FeatureMatrix.of(new float[][] {{0.9f}, {10.9f}, {-5}, {30}});
        assertEquals(new ProbeAccuracy(2, 4), KnnProbe.heldOut(LABELLED, LABELS, heldOut, new int[] {0, 1, 1, 0}, 3, 2));
        assertEquals(0.75, KnnProbe.heldOut(LABELLED, LABELS, heldOut, new int[] {0, 1, 1, 0}, 1, 1).accuracy());
    }

    @Test
    void aTieGoesToTheSmallestClass() {
        assertEquals(1, MajorityVote.of(new int[] {3, 1, 1, 3}).label());
        assertEquals(0, MajorityVote.of(new int[] {2, 1, 0}).label());
        assertEquals(new MajorityVote(2, 2), MajorityVote.of(new int[] {2, 1, 2}));
    }

    @Test
    void itsSearchCanBeStopped() {
        assertThrows(CancellationException.class, () -> KnnProbe.heldOut(LABELLED, LABELS, LABELLED, LABELS, 1, 1, (done, total) -> {
            throw new CancellationException(done + " of " + total);
        }));
    }

    @Test
    void labelsMustFit() {
        assertThrows(
                IllegalArgumentException.class,
                () -> KnnProbe.heldOut(LABELLED, new int[5], LABELLED, LABELS, 1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> KnnProbe.heldOut(LABELLED, LABELS, LABELLED, new int[] {0, 0, 0, 0, 0, -1}, 1, 1));
    }
}
