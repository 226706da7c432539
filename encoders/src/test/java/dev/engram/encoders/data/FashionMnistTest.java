package dev.engram.encoders.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FashionMnistTest {
    @Test
    void theBundledSetIsTheOfficialTestSet() {
        ImageSet set = DataSets.bundled("fashion-mnist-test");
        assertEquals(10_000, set.size());
        assertEquals(new ImageShape(1, 28, 28), set.shape());
        for (int label = 0; label < 10; label++) {
            int wanted = label;
            assertEquals(1000, Arrays.stream(set.labels()).filter(l -> l == wanted).count());
        }
        assertEquals("Ankle boot", set.classNames().get(set.label(0)));
        assertEquals("0e65cd3713adf40ebd419516c1a2256c9e24ad75e86a862368adafd141f4c1bb", set.imageDigest(9999));
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        String message = assertThrows(UnknownDataSetException.class, () -> DataSets.bundled("imagenet")).getMessage();
        assertTrue(message.contains("\"imagenet\"") && message.contains("fashion-mnist-test"), message);
    }
}
