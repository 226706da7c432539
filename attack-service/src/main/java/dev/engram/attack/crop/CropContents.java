package dev.engram.attack.crop;

import dev.engram.encoders.augment.CropRectangle;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageShape;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;

/**
 * Crops that cannot tell one image from another. No encoder can recognize an image by them, so they end unassociated, or
 * rightly named by luck; many of them hide what the others leak.
 *
 * @param flat whether all pixels of the crop have one color, by position in the selection
 * @param repeated whether another crop of the selection has the same size and pixels
 */
public record CropContents(boolean[] flat, boolean[] repeated) {

    public static CropContents of(ImageSet images, CropSelection crops) {
        boolean[] flat = new boolean[crops.size()];
        ByteBuffer[] digests = new ByteBuffer[crops.size()];
        Map<ByteBuffer, Integer> seen = new HashMap<>();
        for (int i = 0; i < crops.size(); i++) {
            byte[] pixels = pixels(images, crops.indices()[i], crops.rectangles().get(i));
            flat[i] = isFlat(pixels, images.shape().channels());
            digests[i] = digest(pixels, crops.rectangles().get(i).width());
            seen.merge(digests[i], 1, Integer::sum);
        }
        boolean[] repeated = new boolean[crops.size()];
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = seen.get(digests[i]) > 1;
        }
        return new CropContents(flat, repeated);
    }

    public int flatCount() {
        return count(flat);
    }

    public int repeatedCount() {
        return count(repeated);
    }

    private static int count(boolean[] marks) {
        int count = 0;
        for (boolean mark : marks) {
            count += mark ? 1 : 0;
        }
        return count;
    }

    /** The bytes [C, h, w] of a part of an image. */
    private static byte[] pixels(ImageSet images, int index, CropRectangle part) {
        ImageShape shape = images.shape();
        ByteBuffer image = images.image(index);
        byte[] pixels = new byte[shape.channels() * part.height() * part.width()];
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int y = 0; y < part.height(); y++) {
                image.get(
                        (channel * shape.height() + part.top() + y) * shape.width() + part.left(),
                        pixels,
                        (channel * part.height() + y) * part.width(),
                        part.width());
            }
        }
        return pixels;
    }

    private static boolean isFlat(byte[] pixels, int channels) {
        int plane = pixels.length / channels;
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i] != pixels[i / plane * plane]) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer digest(byte[] pixels, int width) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, width));
            return ByteBuffer.wrap(sha256.digest(pixels));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
