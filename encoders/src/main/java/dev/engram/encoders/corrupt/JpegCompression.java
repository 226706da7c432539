package dev.engram.encoders.corrupt;

import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.random.RandomStream;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Stored as a baseline JPEG and read again. Quality q of 100 means what it means to the Independent JPEG Group's library and to Pillow: the standard's tables times 5000/q
 * percent below 50, 200 - 2q from there, in whole percent. The JDK's encoder does the same without rounding the percent, so it is given the quality whose percent is whole.
 */
final class JpegCompression {
    private static final double WHITE = 255;
    private static final int MEDIUM = 50;
    private static final double PERCENT = 100;
    private static final int COLORS = 3;
    private static final int BYTE = 8;

    private JpegCompression() {}

    static void apply(double[] values, ImageShape shape, double quality, RandomStream draws) {
        try {
            BufferedImage stored = ImageIO.read(new ByteArrayInputStream(stored(image(values, shape), quality)));
            int plane = shape.height() * shape.width();
            for (int i = 0; i < values.length; i++) {
                int rgb = stored.getRGB(i % shape.width(), i / shape.width() % shape.height());
                values[i] = (rgb >> BYTE * (2 - i / plane) & 0xFF) / WHITE;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no JPEG can be made in memory", e);
        }
    }

    private static BufferedImage image(double[] values, ImageShape shape) {
        BufferedImage image = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
        int plane = shape.height() * shape.width();
        for (int pixel = 0; pixel < plane; pixel++) {
            int rgb = 0;
            for (int channel = 0; channel < COLORS; channel++) {
                rgb = rgb << BYTE | (int) Math.round(values[pixel + Math.min(channel, shape.channels() - 1) * plane] * WHITE);
            }
            image.setRGB(pixel % shape.width(), pixel / shape.width(), rgb);
        }
        return image;
    }

    private static byte[] stored(BufferedImage image, double quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(javaQuality((int) quality));
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The JDK's quality, in [0, 1], by which tables are scaled by as many percent: half its inverse below 1/2, 2 minus its double from there. */
    private static float javaQuality(int quality) {
        int percent = quality < MEDIUM ? 100 * MEDIUM / quality : 200 - 2 * quality;
        return (float) (percent > PERCENT ? MEDIUM / (double) percent : 1 - percent / (2 * PERCENT));
    }
}
