package dev.engram.attack.crop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.encoders.augment.Corner;
import dev.engram.encoders.augment.CropRectangle;
import dev.engram.encoders.augment.EmptyRectangle;
import dev.engram.encoders.augment.GridCell;
import dev.engram.encoders.augment.LeftOut;
import dev.engram.encoders.augment.PeripheryCrop;
import dev.engram.encoders.data.Box;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetBuilder;
import dev.engram.encoders.data.ImageShape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CropSelectionTest {
    /** 0: box at the right; 1: box everywhere; 2: no box; 3: as 0, but white. */
    private static final ImageSet IMAGES = images();

    @Test
    void aCornerIsTheSameForEveryImage() {
        CropSelection crops = CropSelection.corner(IMAGES, new int[] {3, 1}, Corner.LOWER_LEFT, 0.3);
        assertArrayEquals(new int[] {3, 1}, crops.indices());
        assertEquals(List.of(new CropRectangle(6, 0, 2, 3), new CropRectangle(6, 0, 2, 3)), crops.rectangles());
        assertEquals(Map.of(), crops.leftOut());
    }

    @Test
    void imagesWithoutBackgroundAreLeftOut() {
        CropSelection crops = CropSelection.periphery(IMAGES, new int[] {0, 1, 2, 3}, new PeripheryCrop(2));
        assertArrayEquals(new int[] {0, 3}, crops.indices());
        assertEquals(List.of(new CropRectangle(2, 0, 4, 4), new CropRectangle(2, 0, 4, 4)), crops.rectangles());
        assertEquals(Map.of(1, LeftOut.TOO_SMALL, 2, LeftOut.NO_BOX), crops.leftOut());
        CropSelection largest = CropSelection.emptyRectangle(IMAGES, new int[] {0, 1, 2, 3}, new EmptyRectangle(2));
        assertEquals(crops.rectangles(), largest.rectangles());
        assertEquals(crops.leftOut(), largest.leftOut());
    }

    @Test
    void aCellIsTheSameForEveryImage() {
        CropSelection crops = CropSelection.cell(IMAGES, new int[] {2, 0}, new GridCell(2, 5, 1, 4));
        assertEquals(List.of(new CropRectangle(4, 8, 4, 2), new CropRectangle(4, 8, 4, 2)), crops.rectangles());
    }

    @Test
    void cropsThatTellNothingAreCounted() {
        CropSelection left = CropSelection.corner(IMAGES, new int[] {0, 1, 2, 3}, Corner.UPPER_LEFT, 0.5);
        CropContents contents = CropContents.of(IMAGES, left);
        assertArrayEquals(new boolean[] {true, false, true, true}, contents.flat());
        assertArrayEquals(new boolean[] {true, false, true, false}, contents.repeated());
        assertEquals(3, contents.flatCount());
        assertEquals(2, contents.repeatedCount());
    }

    /** Two crops of one color and as many pixels, one upright and one lying, are different pictures. */
    @Test
    void cropsOfOtherShapeAreNotRepeated() {
        List<CropRectangle> shapes = List.of(new CropRectangle(0, 0, 4, 2), new CropRectangle(0, 0, 2, 4));
        CropContents contents = CropContents.of(IMAGES, new CropSelection(new int[] {0, 2}, shapes, Map.of()));
        assertArrayEquals(new boolean[] {false, false}, contents.repeated());
        assertArrayEquals(new boolean[] {true, true}, contents.flat());
    }

    /** Grey images 8 high, 10 wide. */
    private static ImageSet images() {
        ImageSetBuilder builder = new ImageSetBuilder("four", new ImageShape(1, 8, 10), List.of("a"), 4);
        byte[] black = new byte[80];
        byte[] white = new byte[80];
        byte[] gradient = new byte[80];
        for (int i = 0; i < 80; i++) {
            white[i] = (byte) 255;
            gradient[i] = (byte) i;
        }
        builder.add(black, 0, 0, List.of(new Box(4, 0, 10, 8)));
        builder.add(gradient, 0, 1, List.of(new Box(0, 0, 10, 8)));
        builder.add(black, 0, 2, List.of());
        builder.add(white, 0, 3, List.of(new Box(4, 0, 10, 8)));
        return builder.build();
    }
}
