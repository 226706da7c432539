package dev.engram.encoders.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads tag 0x0112 of the first image file directory of a JPEG's EXIF data. Whatever is not as it should be means upright. */
final class ExifOrientation {
    private static final int TAG = 0x0112;
    private static final int ENTRY = 12;
    private static final int LITTLE = 0x4949;
    private static final int BIG = 0x4D4D;

    private ExifOrientation() {}

    static Orientation of(byte[] file) {
        int start = JpegSegments.exif(file).orElse(file.length);
        if (file.length - start < 8) {
            return Orientation.UPRIGHT;
        }
        ByteBuffer tiff = ByteBuffer.wrap(file, start, file.length - start).slice();
        int order = tiff.getShort(0) & 0xFFFF;
        if (order != LITTLE && order != BIG) {
            return Orientation.UPRIGHT;
        }
        tiff.order(order == LITTLE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < 8 || directory > tiff.limit() - 2) {
            return Orientation.UPRIGHT;
        }
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int at = directory + 2 + i * ENTRY;
            if (at > tiff.limit() - ENTRY) {
                break;
            }
            if ((tiff.getShort(at) & 0xFFFF) == TAG) {
                return Orientation.ofExif(tiff.getShort(at + 8) & 0xFFFF);
            }
        }
        return Orientation.UPRIGHT;
    }
}
