package dev.engram.encoders.image;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;

/** Copies a decoded picture's samples into planes, as they are stored: {@code BufferedImage.getRGB} would convert grey and profiles. */
final class RgbRows {
    private static final int RGB = 3;

    private RgbRows() {}

    /**
     * Writes the picture's rows from row {@code top} on.
     *
     * @param planes bytes [3, height, width of the picture]
     * @throws IOException if the picture stores its samples in a way not known here
     */
    static void copy(BufferedImage image, byte[] planes, int height, int top) throws IOException {
        if (image.getColorModel() instanceof IndexColorModel palette) {
            copyPalette(image.getRaster(), palette, planes, height, top);
        } else if (image.getColorModel() instanceof ComponentColorModel) {
            copySamples(image.getRaster(), planes, height, top);
        } else {
            throw new IOException("stores its pixels in a way that is not supported: " + image.getColorModel());
        }
    }

    private static void copyPalette(Raster raster, IndexColorModel palette, byte[] planes, int height, int top) {
        int width = raster.getWidth();
        int[] row = new int[width];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(0, y, width, 1, 0, row);
            for (int x = 0; x < width; x++) {
                int at = (top + y) * width + x;
                planes[at] = (byte) palette.getRed(row[x]);
                planes[height * width + at] = (byte) palette.getGreen(row[x]);
                planes[2 * height * width + at] = (byte) palette.getBlue(row[x]);
            }
        }
    }

    /** One or two bands are grey and perhaps transparency, three or four red, green, blue and perhaps transparency. */
    private static void copySamples(Raster raster, byte[] planes, int height, int top) throws IOException {
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        int bits = raster.getSampleModel().getSampleSize(0);
        if (bands > 4 || bits != 8 && raster.getTransferType() != DataBuffer.TYPE_USHORT) {
            throw new IOException("has %d bands of %d bits, which is not supported".formatted(bands, bits));
        }
        int shift = bits - 8;
        int[] row = new int[width];
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int c = 0; c < RGB; c++) {
                raster.getSamples(0, y, width, 1, bands < RGB ? 0 : c, row);
                int from = (c * height + top + y) * width;
                for (int x = 0; x < width; x++) {
                    planes[from + x] = (byte) (row[x] >> shift);
                }
            }
        }
    }
}
