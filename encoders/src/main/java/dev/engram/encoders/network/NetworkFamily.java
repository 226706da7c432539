package dev.engram.encoders.network;

import java.util.List;
import java.util.Map;

/**
 * A network by name, with the options it takes.
 *
 * @param name as specs and manifests write it, such as {@code vit_tiny}
 * @param title for a person, such as {@code ViT-Tiny}
 * @param source paper and link
 * @param options in the order in which a person would set them
 * @param maker makes the network once everything is checked
 */
public record NetworkFamily(String name, String title, String source, List<NetworkOption> options, Maker maker) {
    /** Makes the network of a family from checked options. */
    @FunctionalInterface
    public interface Maker {
        /**
         * @param channels of the images, at least 1
         * @param side of the images in pixels, at least 1
         */
        Network make(String name, int channels, int side, NetworkOptions options);
    }

    public NetworkFamily {
        options = List.copyOf(options);
    }

    /**
     * A value for every option.
     *
     * @param asked values by name; the others get their defaults
     * @throws IllegalArgumentException naming every unknown option and every bad value
     */
    public NetworkOptions options(Map<String, String> asked) {
        return NetworkOptions.of(name, options, asked);
    }

    /**
     * The encoder of this family.
     *
     * @param channels of the images, at least 1
     * @param side of the images in pixels
     * @throws IllegalArgumentException if an option is unknown or bad, or the images do not fit the network
     */
    public Network encoder(int channels, int side, Map<String, String> asked) {
        if (channels < 1 || side < 1) {
            throw new IllegalArgumentException(
                    "%s takes images of at least 1 channel and 1 pixel, not %d and %d".formatted(name, channels, side));
        }
        Network network = maker.make(name, channels, side, options(asked));
        StateLayout.of(network);
        return network;
    }
}
