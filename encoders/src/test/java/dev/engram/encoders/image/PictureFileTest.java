package dev.engram.encoders.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against what Pillow reads: see src/test/oracle/picture_oracle.py. */
class PictureFileTest {
    /** PNG is exact; JPEG decoders differ in their rounding. */
    private static final double JPEG_MEAN_ERROR = 1;

    @Test
    void everyKindOfPictureIsReadAsPillowReadsIt() throws IOException {
        for (JsonNode expected : oracle().get("cases")) {
            String name = expected.get("name").textValue();
            Picture picture = PictureFile.decode(bytes(expected.get("file")));
            assertEquals(expected.get("height").intValue(), picture.height(), name);
            assertEquals(expected.get("width").intValue(), picture.width(), name);
            byte[] planes = bytes(expected.get("planes"));
            if (name.endsWith("png")) {
                assertArrayEquals(planes, picture.planes(), name);
            } else {
                assertEquals(0, meanError(planes, picture.planes()), JPEG_MEAN_ERROR, name);
            }
        }
    }

    @Test
    void everyPngAndJpegOfTheOracleThatIsCutShortIsAnError() throws IOException {
        for (JsonNode node : oracle().get("cases")) {
            byte[] file = bytes(node.get("file"));
            for (int length = 0; length < file.length; length += Math.max(1, file.length / 40)) {
                byte[] cut = Arrays.copyOf(file, length);
                assertThrows(IOException.class, () -> PictureFile.decode(cut), node.get("name") + " at " + length);
            }
        }
    }

    /** Phones put films and larger versions behind a picture. */
    @Test
    void whatFollowsAJpegsEndDoesNotMatter() throws IOException {
        byte[] file = bytes(oracle().get("cases").get(7).get("file"));
        byte[] longer = Arrays.copyOf(file, file.length + 70_000);
        Arrays.fill(longer, file.length, longer.length, (byte) 7);
        assertArrayEquals(PictureFile.decode(file).planes(), PictureFile.decode(longer).planes());
        byte[] cut = Arrays.copyOf(file, file.length - 2);
        assertTrue(assertThrows(IOException.class, () -> PictureFile.decode(cut)).getMessage().endsWith("the JPEG picture is cut short"));
    }

    /** 4,000 changed files: an error that says something, or a picture; never anything else, never for long. */
    @Test
    void changedFilesAreAnErrorOrAPicture() throws IOException {
        Random random = new Random(17);
        int[] read = new int[2];
        for (JsonNode node : oracle().get("cases")) {
            byte[] file = bytes(node.get("file"));
            for (int i = 0; i < 200; i++) {
                byte[] changed = file.clone();
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
                assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
                    try {
                        Picture picture = PictureFile.decode(changed);
                        assertTrue(picture.planes().length > 0);
                        read[0]++;
                    } catch (IOException e) {
                        assertTrue(e.getMessage() != null && !e.getMessage().isBlank());
                        read[1]++;
                    }
                });
            }
        }
        assertTrue(read[0] > 100 && read[1] > 100, Arrays.toString(read));
    }

    @Test
    void aPictureThatClaimsMorePixelsThanItMayIsRefusedBeforeMemoryIsTaken() throws IOException {
        byte[] png = Png.encode(new Picture(1, 1, 1, new byte[1]));
        ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        String message = assertThrows(IOException.class, () -> PictureFile.decode(png)).getMessage();
        assertEquals("has 3600000000 pixels, more than 64000000", message);
    }

    @Test
    void aLargePictureIsReadInStrips() throws IOException {
        int height = 2100;
        int width = 4000;
        byte[] planes = new byte[height * width];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (byte) (i / width + i % width * 3);
        }
        Picture picture = PictureFile.decode(Png.encode(new Picture(1, height, width, planes)));
        assertArrayEquals(planes, Arrays.copyOf(picture.planes(), planes.length));
        assertArrayEquals(planes, Arrays.copyOfRange(picture.planes(), 2 * planes.length, 3 * planes.length));
    }

    static JsonNode oracle() throws IOException {
        try (InputStream stream = PictureFileTest.class.getResourceAsStream("/dev/engram/encoders/image/picture-oracle.json")) {
            return new JsonMapper().readTree(stream);
        }
    }

    private static byte[] bytes(JsonNode node) {
        return Base64.getDecoder().decode(node.textValue());
    }

    private static double meanError(byte[] expected, byte[] actual) {
        assertEquals(expected.length, actual.length);
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            sum += Math.abs((expected[i] & 0xFF) - (actual[i] & 0xFF));
        }
        return sum / expected.length;
    }
}
