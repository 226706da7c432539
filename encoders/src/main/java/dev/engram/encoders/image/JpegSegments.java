package dev.engram.encoders.image;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** Finds the marker segments before a JPEG's image data (ITU-T T.81, annex B). Never reads beyond the file. */
final class JpegSegments {
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int START_OF_SCAN = 0xDA;

    /** JFIF 1.1, no density, no thumbnail: three components of such a file are YCbCr. */
    private static final byte[] JFIF = {(byte) 0xFF, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};

    private JpegSegments() {}

    /** Whether segments and image data follow each other up to the end marker. */
    static boolean isWhole(byte[] jpeg) {
        int at = 2;
        while (at + 1 < jpeg.length) {
            int marker = jpeg[at + 1] & 0xFF;
            if (jpeg[at] != (byte) 0xFF || marker == 0xFF || marker == 0) {
                // Image data, or what fills the space between two segments.
                at++;
            } else if (marker == END_OF_IMAGE) {
                return true;
            } else if (marker == 1 || marker >= 0xD0 && marker <= START_OF_IMAGE) {
                at += 2;
            } else if (at + 4 > jpeg.length) {
                return false;
            } else {
                at += 2 + length(jpeg, at);
            }
        }
        return false;
    }

    /**
     * The file, or one with a header that says what its colors are: of three components that carry neither JFIF's numbers nor the letters R, G, B,
     * and of which no segment says more, decoders guess differently. libjpeg, and so everybody else, takes them for YCbCr.
     */
    static byte[] withColors(byte[] jpeg) {
        int frame = frame(jpeg);
        if (frame < 0 || frame + 16 >= jpeg.length || components(jpeg) != 3 || adobeTransform(jpeg) >= 0 || isJfif(jpeg)) {
            return jpeg;
        }
        String numbers = "" + (char) (jpeg[frame + 10] & 0xFF) + (char) (jpeg[frame + 13] & 0xFF) + (char) (jpeg[frame + 16] & 0xFF);
        if (numbers.equals("\1\2\3") || numbers.equals("RGB")) {
            return jpeg;
        }
        byte[] said = new byte[jpeg.length + JFIF.length];
        System.arraycopy(jpeg, 0, said, 0, 2);
        System.arraycopy(JFIF, 0, said, 2, JFIF.length);
        System.arraycopy(jpeg, 2, said, 2 + JFIF.length, jpeg.length - 2);
        return said;
    }

    /** Components of the frame; -1 if there is no frame. */
    static int components(byte[] jpeg) {
        int frame = frame(jpeg);
        return frame < 0 ? -1 : jpeg[frame + 9] & 0xFF;
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

    private static int frame(byte[] jpeg) {
        for (int at = first(jpeg); at >= 0; at = next(jpeg, at)) {
            int marker = jpeg[at + 1] & 0xFF;
            boolean frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
            if (frame && at + 9 < jpeg.length) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isJfif(byte[] jpeg) {
        for (int at = first(jpeg); at >= 0; at = next(jpeg, at)) {
            if ((jpeg[at + 1] & 0xFF) == APP0 && begins(jpeg, at + 4, "JFIF\0")) {
                return true;
            }
        }
        return false;
    }

    private static int first(byte[] jpeg) {
        return jpeg.length > 2 && jpeg[0] == (byte) 0xFF && (jpeg[1] & 0xFF) == START_OF_IMAGE && marker(jpeg, 2) ? 2 : -1;
    }

    /** The segment after the one at {@code at}; -1 if there is none that can be read before the scan. */
    private static int next(byte[] jpeg, int at) {
        int following = at + 2 + length(jpeg, at);
        return marker(jpeg, following) ? following : -1;
    }

    /** Bytes of the segment at {@code at} behind its marker. */
    private static int length(byte[] jpeg, int at) {
        return (jpeg[at + 2] & 0xFF) << 8 | jpeg[at + 3] & 0xFF;
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
