package dev.engram.encoders.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What is written here is read back by the platform's decoder. */
class PngTest {
    @Test
    void rgbIsReadBackExactly() throws IOException {
        Picture picture = random(3, 13, 7);
        Picture read = PictureFile.decode(Png.encode(picture));
        assertEquals(13, read.height());
        assertEquals(7, read.width());
        assertArrayEquals(picture.planes(), read.planes());
    }

    @Test
    void greyIsReadBackExactly() throws IOException {
        Picture picture = random(1, 5, 9);
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.encode(picture)));
        assertEquals(BufferedImage.TYPE_BYTE_GRAY, read.getType());
        for (int y = 0; y < 5; y++) {
            for (int x = 0; x < 9; x++) {
                assertEquals(picture.planes()[y * 9 + x] & 0xFF, read.getRaster().getSample(x, y, 0));
            }
        }
    }

    private static Picture random(int channels, int height, int width) {
        byte[] planes = new byte[channels * height * width];
        new Random(1).nextBytes(planes);
        return new Picture(channels, height, width, planes);
    }
}
