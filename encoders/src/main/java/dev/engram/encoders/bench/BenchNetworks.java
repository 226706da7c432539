package dev.engram.encoders.bench;

import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import java.util.Map;

/** The networks that benchmarks measure, as their peers in {@code docs/bench} build them. */
final class BenchNetworks {
    private BenchNetworks() {}

    /**
     * An encoder of color images: the 3×3 stem and patches of 4 pixels below 224 pixels, the 7×7 stem and patches of 16 from there on.
     *
     * @throws IllegalArgumentException naming the known networks
     */
    static Network encoder(String name, int side) {
        boolean large = side >= 224;
        Map<String, String> options = switch (name) {
            case "resnet18", "resnet50" -> Map.of("stem", large ? "7x7" : "3x3");
            case "vit_tiny", "vit_small" -> Map.of("patch", large ? "16" : "4");
            default -> Map.of();
        };
        return Networks.encoder(name, 3, side, options);
    }
}
