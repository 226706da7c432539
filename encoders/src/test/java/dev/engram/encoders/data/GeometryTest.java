package dev.engram.encoders.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.engram.encoders.image.Interpolation;
import dev.engram.encoders.image.Orientation;
import dev.engram.encoders.image.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeometryTest {
    /** Against torchvision's Resize and CenterCrop on bytes: which rounds after each axis: at most one in 255 anywhere, a tenth of it on average. */
    @Test
    void cropsAndSquashesAsTorchvision() throws IOException {
        JsonNode oracle;
        try (InputStream stream = GeometryTest.class.getResourceAsStream("/dev/engram/encoders/image/picture-oracle.json")) {
            oracle = new JsonMapper().readTree(stream);
        }
        Picture picture = new Picture(3, oracle.get("height").intValue(), oracle.get("width").intValue(), bytes(oracle.get("planes")));
        for (JsonNode expected : oracle.get("resized")) {
            int side = expected.get("side").intValue();
            int resize = expected.get("resize").intValue();
            Geometry geometry = new Geometry(
                    resize == 0 ? Geometry.Method.SQUASH : Geometry.Method.CENTER_CROP, side, resize,
                    Interpolation.valueOf(expected.get("interpolation").textValue()));
            byte[] planes = bytes(expected.get("planes"));
            byte[] actual = geometry.place(picture, List.of()).image();
            assertEquals(planes.length, actual.length);
            double sum = 0;
            for (int i = 0; i < planes.length; i++) {
                assertEquals(planes[i] & 0xFF, actual[i] & 0xFF, 1, geometry + " at " + i);
                sum += Math.abs((planes[i] & 0xFF) - (actual[i] & 0xFF));
            }
            assertEquals(0, sum / planes.length, 0.1, geometry.toString());
        }
    }

    @Test
    void boxesMoveAlongAndWhatIsCutOffIsGone() {
        Picture wide = new Picture(3, 100, 200, new byte[3 * 100 * 200]);
        Geometry crop = Geometry.centerCrop(50, 40);
        assertEquals(
                List.of(new Box(0, 0, 40, 40), new Box(15, 5, 25, 40)),
                crop.place(wide, List.of(new Box(0, 0, 200, 100), new Box(0, 0, 60, 9), new Box(90, 20, 110, 100))).boxes());
        assertEquals(
                List.of(new Box(10, 20, 20, 40)),
                new Geometry(Geometry.Method.SQUASH, 40, 40, Interpolation.BILINEAR).place(wide, List.of(new Box(50, 50, 100, 100))).boxes());
        assertEquals(List.of(new Box(10, 15, 20, 30)), Geometry.pad(40).place(wide, List.of(new Box(50, 25, 100, 100))).boxes());
        assertThrows(IllegalArgumentException.class, () -> Geometry.centerCrop(39, 40));
    }

    /** A marked pixel is in its box, however the picture is turned. */
    @Test
    void aBoxTurnsWithItsPicture() {
        byte[] planes = new byte[3 * 5 * 7];
        planes[1 * 7 + 2] = 1;
        Picture stored = new Picture(3, 5, 7, planes);
        for (Orientation orientation : Orientation.values()) {
            Picture upright = stored.turned(orientation);
            Box box = new Box(2, 1, 3, 2).turned(orientation, 7, 5);
            assertEquals(1, box.width() * box.height());
            assertEquals(1, upright.planes()[box.ymin() * upright.width() + box.xmin()], orientation.toString());
        }
    }

    private static byte[] bytes(JsonNode node) {
        return Base64.getDecoder().decode(node.textValue());
    }
}
