package dev.engram.encoders.network;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The networks that can be trained and loaded, by the names that specs and manifests write. */
public final class Networks {
    private static final List<NetworkFamily> FAMILIES = Stream.of(
                    ResNet9.families(), ResNet.families(), CifarResNet.families(), Vgg.families(),
                    VisionTransformer.families(), ConvAutoencoder.families(), Mlp.families(), ConvNet.families())
            .flatMap(List::stream)
            .toList();

    private Networks() {}

    /** Everything there is to choose from, the default first. */
    public static List<NetworkFamily> families() {
        return FAMILIES;
    }

    /** The names of the families. */
    public static List<String> names() {
        return FAMILIES.stream().map(NetworkFamily::name).toList();
    }

    /**
     * The family of this name.
     *
     * @throws IllegalArgumentException naming the known networks
     */
    public static NetworkFamily family(String name) {
        return FAMILIES.stream().filter(family -> family.name().equals(name)).findFirst().orElseThrow(() ->
                new IllegalArgumentException(
                        "network: \"%s\" is unknown; there are %s".formatted(name, String.join(", ", names()))));
    }

    /** An encoder with the defaults of its family. */
    public static Network encoder(String name, int channels, int side) {
        return encoder(name, channels, side, Map.of());
    }

    /**
     * An encoder. Its {@link Network#options} are all of its family's, defaults included.
     *
     * @param channels of the images, at least 1
     * @param side of the images in pixels
     * @param options values by name, as {@link NetworkFamily#options} describes them; the others get their defaults
     * @throws IllegalArgumentException if the network or an option is unknown, a value is bad (all of these at once), or the images
     *     are too small for the network
     */
    public static Network encoder(String name, int channels, int side, Map<String, String> options) {
        return family(name).encoder(channels, side, options);
    }
}
