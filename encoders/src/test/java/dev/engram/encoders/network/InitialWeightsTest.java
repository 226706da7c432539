package dev.engram.encoders.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.encoders.network.StateSpec.Role;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The distributions that networks begin with, against what the constructors of torchvision and timm drew: src/test/oracle/initial_weights.py. */
class InitialWeightsTest {
    /** Deviations of an estimate that none of some 400 should be off by. */
    private static final double FAR = 5;

    @ParameterizedTest
    @ValueSource(strings = {
        "resnet18", "resnet50", "vgg11_bn", "vit_tiny", "vit_tiny avg without class token"
    })
    void areThoseOfThePeer(String peer) throws IOException {
        JsonNode reference = reference().path(peer);
        int compared = 0;
        for (StateSpec spec : StateLayout.of(network(peer)).state()) {
            if (spec.role() == Role.PARAMETER) {
                JsonNode drawn = reference.path(spec.name());
                assertTrue(drawn.isArray(), "the peer has " + spec.name());
                if (drawn.size() > 0) {
                    compare(spec, drawn);
                    compared++;
                }
            }
        }
        assertTrue(compared > 20, compared + " of " + reference.size());
    }

    private static void compare(StateSpec spec, JsonNode drawn) {
        double n = spec.elements();
        switch (spec.initializer()) {
            case Initializer.Constant(double value) -> {
                assertEquals(1, drawn.size(), spec + " is drawn by the peer");
                assertEquals(value, drawn.get(0).doubleValue(), spec.toString());
            }
            case Initializer.Normal(double deviation) -> {
                assertEquals(3, drawn.size(), spec + " is constant with the peer");
                assertEquals(1, drawn.get(0).doubleValue() / deviation, FAR / Math.sqrt(2 * n), spec.toString());
                assertTrue(drawn.get(1).doubleValue() > 2.2, spec + " is not normal with the peer");
                assertEquals(0, drawn.get(2).doubleValue(), FAR, spec.toString());
            }
            case Initializer.Uniform(double bound) -> {
                assertEquals(3, drawn.size(), spec + " is constant with the peer");
                double deviation = bound / Math.sqrt(3);
                assertEquals(1, drawn.get(0).doubleValue() / deviation, FAR / Math.sqrt(5 * n), spec.toString());
                double largest = drawn.get(0).doubleValue() * drawn.get(1).doubleValue();
                assertTrue(largest <= bound * (1 + 1e-6) && largest > bound * 0.95, spec + " reaches " + largest + " with the peer");
                assertEquals(0, drawn.get(2).doubleValue(), FAR, spec.toString());
            }
            case SineCosine grid -> throw new AssertionError(spec + " is not drawn");
        }
    }

    private static Network network(String peer) {
        return switch (peer) {
            case "resnet18" -> Networks.encoder("resnet18", 3, 64, Map.of("classes", "10", "stem", "7x7"));
            case "resnet50" -> Networks.encoder("resnet50", 3, 64, Map.of("classes", "10", "stem", "7x7"));
            case "vgg11_bn" -> Networks.encoder("vgg11_bn", 3, 32, Map.of("classes", "10"));
            case "vit_tiny" -> Networks.encoder("vit_tiny", 3, 24, Map.of("patch", "8", "depth", "2", "classes", "10"));
            default -> Networks.encoder(
                    "vit_tiny", 3, 32, Map.of("patch", "8", "depth", "2", "pool", "avg", "class_token", "false"));
        };
    }

    private static JsonNode reference() throws IOException {
        try (InputStream in = InitialWeightsTest.class.getResourceAsStream("/oracle/initial-weights.json")) {
            return new ObjectMapper().readTree(in);
        }
    }
}
