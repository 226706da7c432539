package dev.engram.encoders.network;

import java.util.List;

/** The networks that can be trained, by the names that specs and manifests write. */
public final class Networks {
    private static final List<String> NAMES = List.of("resnet9", "resnet18");

    private Networks() {}

    /** The names {@link #encoder} knows, the default first. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * An encoder without classifier.
     *
     * @param channels of the images, at least 1
     * @param side of the images in pixels, at least 32
     * @throws IllegalArgumentException naming the known networks
     */
    public static Network encoder(String name, int channels, int side) {
        return switch (name) {
            case "resnet9" -> ResNet9.encoder(channels, side);
            case "resnet18" -> ResNet18.encoder(channels, side);
            default -> throw new IllegalArgumentException(
                    "network: \"%s\" is unknown; there are %s".formatted(name, String.join(", ", NAMES)));
        };
    }
}
