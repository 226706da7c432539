package dev.engram.encoders.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads PNG and JPEG pictures, told apart by content, not by name. Transparency is laid on black. */
public final class PictureFile {
    private static final String NO_PICTURE = "is no PNG or JPEG picture";
    private static final long MOST_PIXELS = 100_000_000;

    private PictureFile() {}

    /**
     * Decodes a picture as RGB.
     *
     * @param bytes the whole file
     * @throws IOException saying what is wrong: neither PNG nor JPEG, cut short, damaged, too large
     */
    public static Picture decode(byte[] bytes) throws IOException {
        try (ImageInputStream stream = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new IOException(NO_PICTURE);
            }
            ImageReader reader = readers.next();
            try {
                return read(reader, stream, bytes);
            } finally {
                reader.dispose();
            }
        }
    }

    private static Picture read(ImageReader reader, ImageInputStream stream, byte[] bytes) throws IOException {
        switch (reader.getFormatName().toUpperCase(Locale.ROOT)) {
            case "PNG" -> WholeFile.checkPng(bytes);
            case "JPEG" -> WholeFile.checkJpeg(bytes);
            default -> throw new IOException(NO_PICTURE);
        }
        try {
            reader.setInput(stream, true, true);
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > MOST_PIXELS) {
                throw new IOException("has " + pixels + " pixels, more than " + MOST_PIXELS);
            }
            return planes(reader.read(0));
        } catch (RuntimeException e) {
            throw new IOException("is damaged: " + e.getMessage(), e);
        }
    }

    private static Picture planes(BufferedImage image) {
        int height = image.getHeight();
        int width = image.getWidth();
        byte[] planes = new byte[3 * height * width];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int alpha = row[x] >>> 24;
                for (int c = 0; c < 3; c++) {
                    int value = row[x] >> 16 - 8 * c & 0xFF;
                    planes[(c * height + y) * width + x] = (byte) (value * alpha / 255);
                }
            }
        }
        return new Picture(3, height, width, planes);
    }
}
