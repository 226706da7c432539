package dev.engram.encoders.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Whether a picture's file is there to its end: decoders fill what is missing with grey, and at most warn. */
final class WholeFile {
    private static final int PNG_SIGNATURE = 8;
    private static final int PNG_CHUNK_FRAME = 12;

    private WholeFile() {}

    /** Every chunk's length and checksum, up to IEND. */
    static void checkPng(byte[] bytes) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes);
        for (int at = PNG_SIGNATURE; ; ) {
            if (bytes.length - at < PNG_CHUNK_FRAME) {
                throw new IOException("byte " + bytes.length + ": the PNG picture is cut short");
            }
            int length = file.getInt(at);
            if (length < 0 || length > bytes.length - at - PNG_CHUNK_FRAME) {
                throw new IOException("byte " + bytes.length + ": the PNG picture is cut short");
            }
            CRC32 crc = new CRC32();
            crc.update(bytes, at + 4, 4 + length);
            if ((int) crc.getValue() != file.getInt(at + 8 + length)) {
                throw new IOException("byte " + at + ": the PNG picture is damaged, a checksum is wrong");
            }
            if (new String(bytes, at + 4, 4, StandardCharsets.US_ASCII).equals("IEND")) {
                return;
            }
            at += PNG_CHUNK_FRAME + length;
        }
    }

    /** Every segment, up to the end marker; what follows it, such as a phone's film, belongs to nobody. */
    static void checkJpeg(byte[] bytes) throws IOException {
        if (!JpegSegments.isWhole(bytes)) {
            throw new IOException("byte " + bytes.length + ": the JPEG picture is cut short");
        }
    }
}
