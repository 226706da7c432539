package dev.engram.encoders.image;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** Finds the marker segments before a JPEG's image data (ITU-T T.81, annex B). Never reads beyond the file. */
final class JpegSegments {
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int START_OF_SCAN = 0xDA;

    private JpegSegments() {}

    /** Components of the frame; -1 if there is no frame. */
    static int components(byte[] jpeg) {
        for (int at = first(jpeg); at >= 0; at = next(jpeg, at)) {
            int marker = jpeg[at + 1] & 0xFF;
            boolean frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
            if (frame && at + 9 < jpeg.length) {
                return jpeg[at + 9] & 0xFF;
            }
        }
        return -1;
    }

    /** The color transform of Adobe's marker, 0 to 2; -1 if there is no such marker. */
    static int adobeTransform(byte[] jpeg) {
        for (int at = first(jpeg); at >= 0; at = next(jpeg, at)) {
            if ((jpeg[at + 1] & 0xFF) == APP14 && begins(jpeg, at + 4, "Adobe") && at + 15 < jpeg.length) {
                return jpeg[at + 15] & 0xFF;
            }
        }
        return -1;
    }

    /** Where the TIFF structure of the EXIF data begins. */
    static OptionalInt exif(byte[] jpeg) {
        for (int at = first(jpeg); at >= 0; at = next(jpeg, at)) {
            if ((jpeg[at + 1] & 0xFF) == APP1 && begins(jpeg, at + 4, "Exif\0\0")) {
                return OptionalInt.of(at + 10);
            }
        }
        return OptionalInt.empty();
    }

    private static int first(byte[] jpeg) {
        return jpeg.length > 2 && jpeg[0] == (byte) 0xFF && (jpeg[1] & 0xFF) == 0xD8 && marker(jpeg, 2) ? 2 : -1;
    }

    /** The segment after the one at {@code at}; -1 if there is none that can be read before the scan. */
    private static int next(byte[] jpeg, int at) {
        int following = at + 2 + ((jpeg[at + 2] & 0xFF) << 8 | jpeg[at + 3] & 0xFF);
        return marker(jpeg, following) ? following : -1;
    }

    private static boolean marker(byte[] jpeg, int at) {
        return at + 4 <= jpeg.length && jpeg[at] == (byte) 0xFF && (jpeg[at + 1] & 0xFF) != START_OF_SCAN;
    }

    private static boolean begins(byte[] bytes, int at, String text) {
        byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
        return at + expected.length <= bytes.length
                && new String(bytes, at, expected.length, StandardCharsets.ISO_8859_1).equals(text);
    }
}
