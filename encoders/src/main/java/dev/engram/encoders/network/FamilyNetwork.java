package dev.engram.encoders.network;

import java.util.List;
import java.util.Map;

/** A network of images as its {@link NetworkFamily} makes it: a name, the shape of its input, and options that all have a value. */
abstract class FamilyNetwork implements Network {
    private final String name;
    private final int channels;
    private final int side;
    private final NetworkOptions options;

    FamilyNetwork(String name, int channels, int side, NetworkOptions options) {
        this.name = name;
        this.channels = channels;
        this.side = side;
        this.options = options;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Map<String, String> options() {
        return options.values();
    }

    @Override
    public final List<Long> input() {
        return List.of((long) channels, (long) side, (long) side);
    }

    /** An option as its type. */
    final NetworkOptions option() {
        return options;
    }

    /** Channels of an image. */
    final int channels() {
        return channels;
    }

    /** Height and width of an image. */
    final int side() {
        return side;
    }
}
