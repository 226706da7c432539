package dev.engram.encoders.image;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads PNG and JPEG pictures as RGB, told apart by content, not by name, and as Pillow's {@code convert("RGB")} reads them: grey is
 * replicated, palettes are looked up, transparency and color profiles are ignored, CMYK is the product of ink and paper. Of 16 bits the
 * upper 8 are kept. A JPEG is turned upright as its EXIF orientation says.
 */
public final class PictureFile {
    /** The most pixels a picture may have. */
    public static final int MOST_PIXELS = 64_000_000;

    private static final String NO_PICTURE = "is no PNG or JPEG picture";
    /** Larger pictures are decoded in strips, one picture at a time, so that several threads fit into a small heap. */
    private static final int STRIP_PIXELS = 8_000_000;

    private static final Semaphore LARGE = new Semaphore(1);

    private PictureFile() {}

    /**
     * Decodes a picture as RGB, upright. Cost: heap of 6 bytes a pixel, 3 for pictures of more than 8 million.
     *
     * @param bytes the whole file
     * @throws IOException saying what is wrong: neither PNG nor JPEG, cut short, damaged, too large
     */
    public static Picture decode(byte[] bytes) throws IOException {
        return stored(JpegSegments.withColors(bytes)).turned(orientation(bytes));
    }

    /** How a picture's file says it is to be turned; {@link Orientation#UPRIGHT} if it says nothing. */
    public static Orientation orientation(byte[] bytes) {
        return ExifOrientation.of(bytes);
    }

    private static Picture stored(byte[] bytes) throws IOException {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
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
        boolean jpeg = reader.getFormatName().toUpperCase(Locale.ROOT).equals("JPEG");
        if (jpeg) {
            WholeFile.checkJpeg(bytes);
        } else if (reader.getFormatName().toUpperCase(Locale.ROOT).equals("PNG")) {
            WholeFile.checkPng(bytes);
        } else {
            throw new IOException(NO_PICTURE);
        }
        try {
            reader.setInput(stream, false, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            long pixels = (long) width * height;
            if (pixels > MOST_PIXELS) {
                throw new IOException("has " + pixels + " pixels, more than " + MOST_PIXELS);
            }
            if (jpeg && CmykJpeg.is(bytes)) {
                return CmykJpeg.picture(reader, bytes);
            }
            return pixels <= STRIP_PIXELS ? whole(reader, height, width) : strips(reader, height, width);
        } catch (RuntimeException e) {
            throw new IOException("is damaged: " + e.getMessage(), e);
        }
    }

    private static Picture whole(ImageReader reader, int height, int width) throws IOException {
        byte[] planes = new byte[3 * height * width];
        RgbRows.copy(reader.read(0), planes, height, 0);
        return new Picture(3, height, width, planes);
    }

    private static Picture strips(ImageReader reader, int height, int width) throws IOException {
        LARGE.acquireUninterruptibly();
        try {
            byte[] planes = new byte[3 * height * width];
            int rows = Math.max(1, STRIP_PIXELS / width);
            for (int top = 0; top < height; top += rows) {
                ImageReadParam part = reader.getDefaultReadParam();
                part.setSourceRegion(new Rectangle(0, top, width, Math.min(rows, height - top)));
                BufferedImage strip = reader.read(0, part);
                RgbRows.copy(strip, planes, height, top);
            }
            return new Picture(3, height, width, planes);
        } finally {
            LARGE.release();
        }
    }
}
