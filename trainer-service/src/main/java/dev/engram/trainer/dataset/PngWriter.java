package dev.engram.trainer.dataset;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Writes 8-bit RGB pictures as PNG (ISO/IEC 15948): three chunks, no filter, no metadata, so the same pixels are the same bytes. */
final class PngWriter {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int BITS = 8;
    private static final int TRUE_COLOR = 2;
    private static final int CHANNELS = 3;

    private PngWriter() {}

    /**
     * @param image bytes [C, H, W] of three channels
     * @param top first row shown; with {@code left}, {@code rows} and {@code columns} inside the image
     */
    static byte[] write(ByteBuffer image, int height, int width, int top, int left, int rows, int columns) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(columns).putInt(rows).put((byte) BITS).put((byte) TRUE_COLOR);
        chunk(png, "IHDR", header.array());
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(pixels)) {
            byte[] line = new byte[1 + CHANNELS * columns];
            for (int y = top; y < top + rows; y++) {
                for (int x = 0; x < columns; x++) {
                    for (int c = 0; c < CHANNELS; c++) {
                        line[1 + CHANNELS * x + c] = image.get((c * height + y) * width + left + x);
                    }
                }
                deflater.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        chunk(png, "IDAT", pixels.toByteArray());
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(data);
        try (DataOutputStream out = new DataOutputStream(png)) {
            out.writeInt(data.length);
            out.write(name);
            out.write(data);
            out.writeInt((int) checksum.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }
}
