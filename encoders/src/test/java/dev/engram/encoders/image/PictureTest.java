package dev.engram.encoders.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class PictureTest {
    private final Picture grey = new Picture(1, 2, 3, new byte[] {1, 2, 3, 4, 5, 6});
    private final Picture red = new Picture(3, 1, 1, new byte[] {(byte) 255, 0, 7});

    @Test
    void cropsAndEnlarges() {
        assertArrayEquals(new byte[] {5, 6}, grey.crop(1, 1, 1, 2).planes());
        assertArrayEquals(new byte[] {1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3}, grey.crop(0, 0, 1, 3).enlarge(2).planes());
        assertEquals(0xFF0007, red.rgb(0, 0));
        assertEquals(0x060606, grey.rgb(1, 2));
        assertThrows(IllegalArgumentException.class, () -> grey.crop(1, 0, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> grey.enlarge(0));
        assertThrows(IllegalArgumentException.class, () -> new Picture(2, 1, 1, new byte[2]));
        assertThrows(IllegalArgumentException.class, () -> new Picture(1, 1, 2, new byte[1]));
    }

    @Test
    void aThumbnailFitsItsSquare() {
        assertEquals(4, grey.thumbnail(7).height());
        assertEquals(6, grey.thumbnail(7).width());
        Picture small = new Picture(1, 40, 100, new byte[4000]).thumbnail(50);
        assertEquals(20, small.height());
        assertEquals(50, small.width());
    }

    @Test
    void aContactSheetHoldsEveryPictureInItsCell() {
        Picture sheet = new ContactSheet(2, 4, 1, 200).compose(List.of(red, grey, red));
        assertEquals(11, sheet.height());
        assertEquals(11, sheet.width());
        assertEquals(0xC8C8C8, sheet.rgb(0, 0), "gap");
        assertEquals(0xFF0007, sheet.rgb(1, 1), "a 1×1 picture fills its cell");
        assertEquals(0xFF0007, sheet.rgb(4, 4));
        assertEquals(0xC8C8C8, sheet.rgb(1, 6), "2×3 pixels in a cell of 4: a row above");
        assertEquals(0x010101, sheet.rgb(2, 6));
        assertEquals(0x060606, sheet.rgb(3, 8));
        assertEquals(0xFF0007, sheet.rgb(6, 1));
        assertEquals(0xC8C8C8, sheet.rgb(6, 6), "no fourth picture");
        assertThrows(IllegalArgumentException.class, () -> ContactSheet.of(3).compose(List.of()));
        assertThrows(IllegalArgumentException.class, () -> ContactSheet.of(0));
    }
}
