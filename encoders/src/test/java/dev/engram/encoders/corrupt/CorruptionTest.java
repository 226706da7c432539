package dev.engram.encoders.corrupt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetBuilder;
import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.image.Picture;
import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorruptionTest {

    /** corruptions.json is what SciPy, numpy, Pillow, OpenCV and ImageMagick make of the same images and draws (src/test/oracle/corruptions.py). */
    @Test
    void theyAreWhatTheLibrariesMake() throws Exception {
        JsonNode oracle = new ObjectMapper().readTree(CorruptionTest.class.getResource("corruptions.json"));
        for (JsonNode of : oracle.get("cases")) {
            Corruption corruption = Corruption.valueOf(of.get("corruption").asText().toUpperCase(Locale.ROOT));
            Picture picture = picture(of.get("height").asInt(), of.get("width").asInt());
            byte[] found = spoiled(corruption, picture, of.get("severity").asInt());
            byte[] expected = Base64.getDecoder().decode(of.get("planes").asText());
            int most = corruption == Corruption.JPEG_COMPRESSION ? 0 : 1;
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i] & 0xFF, found[i] & 0xFF, most, corruption + " at " + i + " of " + of.get("height"));
            }
        }
        assertEquals(78, oracle.get("cases").size());
    }

    private static byte[] spoiled(Corruption corruption, Picture picture, int severity) {
        ImageShape shape = new ImageShape(3, picture.height(), picture.width());
        double[] strength = corruption.strength(Math.max(picture.height(), picture.width()), severity);
        double[] values = new double[shape.bytes()];
        Arrays.setAll(values, i -> (picture.planes()[i] & 0xFF) / 255.0);
        AtomicInteger drawn = new AtomicInteger();
        DoubleSupplier uniform = () -> (drawn.getAndIncrement() * 0.618033988749895 + 0.5) % 1;
        switch (corruption) {
            case FOG -> Fog.apply(values, shape, strength, uniform);
            case GLASS_BLUR -> GlassBlur.apply(values, shape, strength, uniform);
            case ELASTIC_TRANSFORM -> Elastic.apply(values, shape, strength, uniform);
            case MOTION_BLUR -> MotionBlur.apply(values, shape, strength[0], strength[1], 30);
            case SNOW -> Snow.apply(values, shape, strength, () -> 6 * uniform.getAsDouble() - 3, () -> -70);
            default -> {
                return corruption.of(picture, severity, draws(0)).planes();
            }
        }
        byte[] planes = new byte[values.length];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (byte) Math.round(Math.clamp(values[i], 0, 1) * 255);
        }
        return planes;
    }

    @Test
    void noiseHasItsMoments() {
        double gray = 0.4;
        double[] gaussian = noisy(Noise::gaussian, gray, 0.1);
        assertEquals(gray, mean(gaussian), 0.002);
        assertEquals(0.1, Math.sqrt(variance(gaussian)), 0.002);
        double[] speckle = noisy(Noise::speckle, gray, 0.1);
        assertEquals(gray, mean(speckle), 0.002);
        assertEquals(0.1 * gray, Math.sqrt(variance(speckle)), 0.001);
        double[] shot = noisy(Noise::shot, gray, 12);
        assertEquals(gray, mean(shot), 0.004);
        assertEquals(gray / 12, variance(shot), 0.001, "a Poisson count varies by its mean");
        double[] impulse = noisy(Noise::impulse, gray, 0.27);
        assertEquals(0.135, IntStream.range(0, impulse.length).filter(i -> impulse[i] == 0).count() / (double) impulse.length, 0.006);
        assertEquals(0.135, IntStream.range(0, impulse.length).filter(i -> impulse[i] == 1).count() / (double) impulse.length, 0.006);
    }

    /** Cumulative probabilities of a Poisson variable of mean 3: 0.049787, 0.199148, 0.423190; of mean 500, P(X <= 500) = 0.511891. */
    @Test
    void thePoissonQuantile() {
        assertEquals(0, Noise.poisson(3, 0.0497));
        assertEquals(1, Noise.poisson(3, 0.0498));
        assertEquals(1, Noise.poisson(3, 0.1991));
        assertEquals(2, Noise.poisson(3, 0.1992));
        assertEquals(2, Noise.poisson(3, 0.4231));
        assertEquals(3, Noise.poisson(3, 0.4232));
        assertEquals(500, Noise.poisson(500, 0.51188));
        assertEquals(501, Noise.poisson(500, 0.5119));
        assertEquals(0, Noise.poisson(0, 0.999));
        assertTrue(Noise.poisson(500, Math.nextDown(1.0)) < 800, "the sum of probabilities ends below 1");
    }

    /**
     * Not of all: the first severities of saturation take color away, the others add some; those of glass and rubber mix reach, smoothness and rounds; and motion
     * blurs a fine texture such as this to its mean at once.
     */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"SATURATE", "GLASS_BLUR", "ELASTIC_TRANSFORM", "MOTION_BLUR"})
    void corruptionsGrowWithTheirSeverity(Corruption corruption) {
        Picture picture = picture(32, 32);
        double before = 0;
        for (int severity = 1; severity <= Corruption.SEVEREST; severity++) {
            byte[] found = corruption.of(picture, severity, draws(0)).planes();
            double change = 0;
            for (int i = 0; i < found.length; i++) {
                change += Math.pow((found[i] & 0xFF) - (picture.planes()[i] & 0xFF), 2);
            }
            assertTrue(change > before, corruption + " " + severity);
            before = change;
        }
        assertThrows(IllegalArgumentException.class, () -> corruption.strength(32, 0));
        assertThrows(IllegalArgumentException.class, () -> corruption.strength(32, 6));
    }

    @ParameterizedTest
    @EnumSource(Corruption.class)
    void imagesOfAnySizeAndOfGrayCanBeSpoiled(Corruption corruption) {
        for (int[] size : new int[][] {{1, 1}, {1, 7}, {5, 2}, {28, 28}}) {
            Picture gray = new Picture(1, size[0], size[1], Arrays.copyOf(picture(size[0], size[1]).planes(), size[0] * size[1]));
            for (int severity = 1; severity <= Corruption.SEVEREST; severity++) {
                Picture found = corruption.of(gray, severity, draws(severity));
                assertEquals(size[0] * size[1], found.planes().length);
            }
        }
    }

    @Test
    void anImageIsSpoiledAlikeInAnyCompany() {
        ImageSetBuilder builder = new ImageSetBuilder("set", new ImageShape(3, 8, 8), List.of("a", "b"), 3);
        for (int id : new int[] {7, 9, 4}) {
            builder.add(picture(8, 8).planes(), id % 2, id, List.of());
        }
        ImageSet set = builder.build();
        ImageSet all = CorruptedImages.of(set, new int[] {0, 1, 2}, Corruption.SHOT_NOISE, 5, 3);
        ImageSet one = CorruptedImages.of(set, new int[] {1}, Corruption.SHOT_NOISE, 5, 3);
        assertEquals(9, one.id(0));
        assertEquals(1, one.label(0));
        assertArrayEquals(all.picture(1).planes(), one.picture(0).planes());
        assertNotEquals(all.imageDigest(0), all.imageDigest(1), "other draws for another image");
        assertNotEquals(one.digest(), CorruptedImages.of(set, new int[] {1}, Corruption.SHOT_NOISE, 5, 4).digest());
    }

    /** As in the script. */
    private static Picture picture(int height, int width) {
        byte[] planes = new byte[3 * height * width];
        int at = 0;
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    planes[at++] = x + y > 2 ? (byte) ((x * 7 + y * 13 + c * 50) ^ (x * y)) : 0;
                }
            }
        }
        return new Picture(3, height, width, planes);
    }

    private static double[] noisy(Corruption.Operation operation, double gray, double strength) {
        ImageShape shape = new ImageShape(3, 128, 128);
        double[] values = new double[shape.bytes()];
        Arrays.fill(values, gray);
        operation.apply(values, shape, strength, draws(1));
        return values;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).average().orElseThrow();
    }

    private static RandomStream draws(int image) {
        return StatelessRandom.of(1, "corruption").at(0, image, 0);
    }
}
