package dev.engram.encoders.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes PNG (ISO/IEC 15948): 8 bits a channel, grey or RGB, no interlace, each row as its difference to the row above. Written here
 * rather than by javax.imageio so that the same picture is the same bytes everywhere.
 */
public final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte BITS = 8;
    private static final byte GREY = 0;
    private static final byte RGB = 2;
    private static final byte UP = 2;

    private Png() {}

    /** The picture as a PNG file. */
    public static byte[] encode(Picture picture) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        file.writeBytes(chunk("IHDR", header(picture)));
        file.writeBytes(chunk("IDAT", deflate(rows(picture))));
        file.writeBytes(chunk("IEND", new byte[0]));
        return file.toByteArray();
    }

    private static byte[] header(Picture picture) {
        return ByteBuffer.allocate(13)
                .putInt(picture.width())
                .putInt(picture.height())
                .put(BITS)
                .put(picture.channels() == 1 ? GREY : RGB)
                .array();
    }

    private static byte[] rows(Picture picture) {
        int channels = picture.channels();
        int plane = picture.height() * picture.width();
        int stride = 1 + channels * picture.width();
        byte[] rows = new byte[picture.height() * stride];
        for (int y = 0; y < picture.height(); y++) {
            int out = y * stride;
            rows[out++] = UP;
            for (int x = 0; x < picture.width(); x++) {
                for (int c = 0; c < channels; c++) {
                    int at = c * plane + y * picture.width() + x;
                    byte above = y == 0 ? 0 : picture.planes()[at - picture.width()];
                    rows[out++] = (byte) (picture.planes()[at] - above);
                }
            }
        }
        return rows;
    }

    private static byte[] deflate(byte[] rows) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater();
        try (DeflaterOutputStream stream = new DeflaterOutputStream(compressed, deflater)) {
            stream.write(rows);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return compressed.toByteArray();
    }

    private static byte[] chunk(String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(name)
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }
}
