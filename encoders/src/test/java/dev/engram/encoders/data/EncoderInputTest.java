package dev.engram.encoders.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;

class EncoderInputTest {
    @Test
    void greyIsPaddedEvenlyAndReplicated() {
        ImageSet input = EncoderInput.of(FashionMnist.test().select(new int[] {3}));
        assertEquals(new ImageShape(3, 32, 32), input.shape());
        assertEquals(3, input.id(0));
        ImageSet original = FashionMnist.test();
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < 32; y++) {
                for (int x = 0; x < 32; x++) {
                    boolean inside = y >= 2 && y < 30 && x >= 2 && x < 30;
                    byte expected = inside ? original.image(3).get((y - 2) * 28 + x - 2) : 0;
                    assertEquals(expected, input.image(0).get((c * 32 + y) * 32 + x));
                }
            }
        }
    }

    @Test
    void boxesMoveAlong() {
        ImageSet set = new ImageSetBuilder("n", new ImageShape(1, 4, 8), List.of("a"), 1)
                .add(new byte[32], 0, 0, List.of(new Box(2, 1, 8, 4)))
                .build();
        assertEquals(List.of(new Box(2, 3, 8, 6)), EncoderInput.of(set, 8).boxes(0));
        assertEquals(List.of(new Box(1, 1, 4, 3)), EncoderInput.of(set, 4).boxes(0));
    }

    @Test
    void aLargerImageIsResizedWhole() {
        byte[] image = new byte[4 * 8];
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 8; x++) {
                image[y * 8 + x] = (byte) (x < 4 ? 0 : 200);
            }
        }
        ImageSet set = new ImageSetBuilder("n", new ImageShape(1, 4, 8), List.of("a"), 1).add(image, 0).build();
        byte[] plane = new byte[16];
        EncoderInput.of(set, 4).image(0).get(plane);
        byte low = 25;
        byte high = (byte) 175;
        byte[] row = {0, low, high, (byte) 200};
        for (int y = 0; y < 4; y++) {
            byte[] expected = y == 0 || y == 3 ? new byte[4] : row;
            assertArrayEquals(expected, java.util.Arrays.copyOfRange(plane, y * 4, y * 4 + 4), "row " + y);
        }
    }

    @Test
    void whatFitsStaysAsItIs() {
        ImageSet input = EncoderInput.of(FashionMnist.test().select(new int[] {0}));
        assertSame(input, EncoderInput.of(input));
        assertEquals(40, EncoderInput.side(new ImageShape(3, 33, 10)));
        assertEquals(32, EncoderInput.side(new ImageShape(1, 32, 32)));
    }
}
