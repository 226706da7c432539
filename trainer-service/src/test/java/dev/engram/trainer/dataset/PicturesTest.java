package dev.engram.trainer.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.encoders.data.Box;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetBuilder;
import dev.engram.encoders.data.ImageShape;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.Crop;
import dev.engram.v1.ImagePicture;
import dev.engram.v1.PeripheryCrop;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PicturesTest {
    /** 7: a box at the right; 8: a box everywhere. */
    private static final ImageSet IMAGES = new ImageSetBuilder("two", new ImageShape(3, 8, 10), List.of("a"), 2)
            .add(new byte[240], 0, 7, List.of(new Box(4, 0, 10, 8)))
            .add(new byte[240], 0, 8, List.of(new Box(0, 0, 10, 8)))
            .build();

    @Test
    void showsTheWholeACornerOrWhatLiesBesideTheBox() throws Exception {
        assertEquals("10x8", size(Crop.getDefaultInstance()));
        assertEquals("5x4", size(corner(0.5)));
        assertEquals("3x2", size(corner(0)));
        assertEquals("4x4", size(periphery(0)));
    }

    @Test
    void namesEveryImageThatCannotBeShown() {
        assertEquals(
                "image_ids[1]: two has no image 9\nimage_ids[2]: two has no image " + (1L << 40),
                problems(Crop.getDefaultInstance(), 7, 9, 1L << 40));
        assertEquals("image_ids[1]: image 8 has no patch beside its boxes", problems(periphery(0), 7, 8));
        assertEquals("image_ids[0]: image 7 has no patch beside its boxes", problems(periphery(4), 7));
    }

    @Test
    void namesACropThatShowsNothing() {
        assertEquals(
                "crop.corner.fraction: must be in (0, 1) and come to at least a pixel, is 0.1", problems(corner(0.1), 7));
        assertEquals("crop.periphery.min_side: must be at least 0, is -1", problems(periphery(-1), 7));
    }

    private static String size(Crop crop) throws Exception {
        FieldViolations violations = new FieldViolations();
        List<ImagePicture> pictures = new Pictures(IMAGES).of(List.of(7L), crop, violations);
        assertEquals("", violations.toString());
        BufferedImage picture = ImageIO.read(pictures.getFirst().getPng().newInput());
        return picture.getWidth() + "x" + picture.getHeight();
    }

    private static String problems(Crop crop, long... ids) {
        FieldViolations violations = new FieldViolations();
        new Pictures(IMAGES).of(Arrays.stream(ids).boxed().toList(), crop, violations);
        return violations.toString();
    }

    private static Crop corner(double fraction) {
        return Crop.newBuilder().setCorner(CornerCrop.newBuilder().setFraction(fraction)).build();
    }

    private static Crop periphery(int minSide) {
        return Crop.newBuilder().setPeriphery(PeripheryCrop.newBuilder().setMinSide(minSide)).build();
    }
}
