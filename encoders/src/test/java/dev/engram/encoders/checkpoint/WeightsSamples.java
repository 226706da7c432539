package dev.engram.encoders.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files made by {@code src/test/oracle/weights_samples.py}, and what PyTorch reads from them. */
final class WeightsSamples {
    /** Those that hold the same tensors as {@code zip.pt}. */
    static final String[] SAME = {"zip.pt", "protocol3.pt", "protocol4.pt", "protocol5.pt", "deflated.pt", "zip64.pt", "legacy.pth"};

    /** Every file that can be read. */
    static final String[] GOOD = {
        "zip.pt", "protocol3.pt", "protocol4.pt", "protocol5.pt", "deflated.pt", "zip64.pt", "legacy.pth", "plain.safetensors",
        "rebuild-v3.pt", "nested.pth", "lightning.ckpt", "module.pt", "torchscript.pt", "legacy-v1.pth"
    };

    private WeightsSamples() {}

    static byte[] bytes(String name) {
        try (InputStream in = WeightsSamples.class.getResourceAsStream("weights/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static WeightsFile open(String name) {
        return WeightsFile.of(name, bytes(name));
    }

    static JsonNode expected(String name) {
        try {
            return new ObjectMapper().readTree(bytes("expected.json")).get(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
