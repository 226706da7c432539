package dev.engram.encoders.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class FilterSheetTest {
    @Test
    void everyFilterIsScaledToItsOwnRange() throws Exception {
        float[] values = {-1, 1, 0, 3, 2, 2, 10, 10};
        FilterSheet sheet = FilterSheet.of(values, List.of(2L, 1L, 2L, 2L));
        var picture = ImageIO.read(new ByteArrayInputStream(sheet.png()));

        assertEquals(2, sheet.filters());
        assertEquals(2, sheet.columns());
        assertEquals(24, sheet.cell());
        assertEquals(1 + 2 * 25, picture.getWidth());
        assertEquals(1 + 25, picture.getHeight());
        assertEquals(0x000000, picture.getRGB(0, 0) & 0xffffff);
        assertEquals(0x000000, picture.getRGB(1, 1) & 0xffffff);
        assertEquals(0x808080, picture.getRGB(24, 1) & 0xffffff);
        assertEquals(0x404040, picture.getRGB(1, 24) & 0xffffff);
        assertEquals(0xffffff, picture.getRGB(24, 24) & 0xffffff);
        assertEquals(0x000000, picture.getRGB(26, 1) & 0xffffff);
        assertEquals(0xffffff, picture.getRGB(26, 24) & 0xffffff);
    }

    @Test
    void threeChannelsAreColorsAndAFlatFilterIsGrey() throws Exception {
        float[] values = {1, 0, 0, 5, 5, 5};
        var picture = ImageIO.read(new ByteArrayInputStream(FilterSheet.of(values, List.of(2L, 3L, 1L, 1L)).png()));

        assertEquals(0xff0000, picture.getRGB(1, 1) & 0xffffff);
        assertEquals(0x808080, picture.getRGB(26, 1) & 0xffffff);
    }
}
