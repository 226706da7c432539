package dev.engram.encoders.augment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.engram.encoders.image.Interpolation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The views that torchvision makes of given images with given parameters; see src/test/oracle/augment_oracle.py. */
record TorchvisionOracle(int height, int width, int side, List<Case> cases) {
    record Case(String name, byte[] image, ViewParameters parameters, float[] view) {}

    static TorchvisionOracle read() throws IOException {
        try (InputStream stream = TorchvisionOracle.class.getResourceAsStream("augment-oracle.json")) {
            JsonNode root = new JsonMapper().readTree(stream);
            List<Case> cases = new ArrayList<>();
            for (JsonNode node : root.get("cases")) {
                byte[] image = Base64.getDecoder().decode(root.get("images").get(node.get("image").intValue()).textValue());
                cases.add(new Case(node.get("name").textValue(), image, parameters(node), floats(node.get("view"))));
            }
            return new TorchvisionOracle(
                    root.get("height").intValue(), root.get("width").intValue(), root.get("side").intValue(), cases);
        }
    }

    private static ViewParameters parameters(JsonNode node) {
        JsonNode crop = node.get("crop");
        List<ColorOperation> order = new ArrayList<>();
        node.path("order").forEach(name -> order.add(ColorOperation.valueOf(name.textValue())));
        Optional<ViewParameters.Jitter> jitter = order.isEmpty()
                ? Optional.empty()
                : Optional.of(new ViewParameters.Jitter(
                        order,
                        node.path("brightness").asDouble(),
                        node.path("contrast").asDouble(),
                        node.path("saturation").asDouble(),
                        node.path("hue").asDouble()));
        return new ViewParameters(
                new CropRectangle(crop.get(0).intValue(), crop.get(1).intValue(), crop.get(2).intValue(), crop.get(3).intValue()),
                node.path("padding").asInt(),
                node.path("bicubic").asBoolean() ? Interpolation.BICUBIC : Interpolation.BILINEAR,
                node.path("horizontalFlip").asBoolean(),
                node.path("verticalFlip").asBoolean(),
                jitter,
                node.path("grayscale").asBoolean(),
                node.has("blurSigma")
                        ? Optional.of(new ViewParameters.Blur(node.path("kernel").asInt(5), node.get("blurSigma").doubleValue()))
                        : Optional.empty(),
                node.has("solarize") ? OptionalDouble.of(node.get("solarize").doubleValue()) : OptionalDouble.empty(),
                Optional.empty());
    }

    private static float[] floats(JsonNode base64) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64.textValue())).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }
}
