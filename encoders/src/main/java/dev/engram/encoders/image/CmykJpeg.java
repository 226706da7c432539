package dev.engram.encoders.image;

import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;

/**
 * JPEG pictures of four inks, which javax.imageio decodes only as raw samples. Adobe's files hold them inverted; a transform of 2 says that
 * the first three are the YCbCr of what is inverted back, the amounts of ink (Adobe Technical Note 5116; libjpeg's {@code ycck_cmyk_convert}).
 * R = 255 · (1 - C) · (1 - K), as Pillow has it.
 */
final class CmykJpeg {
    private static final int WHITE = 255;
    private static final int INKS = 4;
    private static final int YCCK = 2;

    private CmykJpeg() {}

    /** Whether the frame has four components. */
    static boolean is(byte[] jpeg) {
        return JpegSegments.components(jpeg) == INKS;
    }

    static Picture picture(ImageReader reader, byte[] jpeg) throws IOException {
        Raster raster = reader.readRaster(0, null);
        if (raster.getNumBands() != INKS) {
            throw new IOException("has %d bands, not four inks".formatted(raster.getNumBands()));
        }
        int adobe = JpegSegments.adobeTransform(jpeg);
        int width = raster.getWidth();
        int height = raster.getHeight();
        int plane = height * width;
        byte[] planes = new byte[3 * plane];
        int[] row = new int[INKS * width];
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int[] light = light(row, INKS * x, adobe);
                for (int c = 0; c < 3; c++) {
                    planes[c * plane + y * width + x] = (byte) Math.round(light[c] * light[3] / (float) WHITE);
                }
            }
        }
        return new Picture(3, height, width, planes);
    }

    /** What each ink leaves of white. */
    private static int[] light(int[] row, int at, int adobe) {
        int[] inks = {row[at], row[at + 1], row[at + 2], row[at + 3]};
        if (adobe == YCCK) {
            double luma = inks[0];
            double blue = inks[1] - 128.0;
            double red = inks[2] - 128.0;
            inks[0] = WHITE - clamp(luma + 1.402 * red);
            inks[1] = WHITE - clamp(luma - 0.344136 * blue - 0.714136 * red);
            inks[2] = WHITE - clamp(luma + 1.772 * blue);
        }
        if (adobe < 0) {
            for (int i = 0; i < INKS; i++) {
                inks[i] = WHITE - inks[i];
            }
        }
        return inks;
    }

    private static int clamp(double value) {
        return (int) Math.clamp(Math.round(value), 0, WHITE);
    }
}
