package dev.engram.encoders.network;

import java.util.List;

/**
 * The encoder of a convolutional autoencoder: stages of a 3×3 convolution with stride 2, batch normalization and ReLU, each
 * with twice the units of the one before ({@code conv1}, {@code bn1}, {@code relu1}, {@code conv2} …), then a fully connected
 * layer {@code fc} to the code, which is the representation. {@link #decoder} is its mirror image.
 *
 * <p>After J. Masci, U. Meier, D. Cireşan, J. Schmidhuber, "Stacked Convolutional Auto-Encoders for Hierarchical Feature
 * Extraction", ICANN 2011, <a href="https://doi.org/10.1007/978-3-642-21735-7_7">doi 10.1007/978-3-642-21735-7_7</a>; strides
 * instead of pooling, and a transposed convolution for each convolution.
 */
public final class ConvAutoencoder extends FamilyNetwork {
    private final int width;
    private final int depth;

    private ConvAutoencoder(String name, int channels, int side, NetworkOptions options) {
        super(name, channels, side, options);
        this.width = options.integer("width");
        this.depth = options.integer("depth");
        if (side % (1 << depth) != 0) {
            throw new IllegalArgumentException(
                    "network_options.depth: images of %d pixels cannot be halved %d times".formatted(side, depth));
        }
    }

    static List<NetworkFamily> families() {
        return List.of(new NetworkFamily(
                "conv_autoencoder", "Convolutional autoencoder",
                "after Masci et al. 2011, https://doi.org/10.1007/978-3-642-21735-7_7",
                List.of(
                        NetworkOption.integer("width", 32, 1, 1024, "Units of the first stage; each later one has twice as many."),
                        NetworkOption.integer("depth", 3, 1, 6, "Number of stages; each halves the side of the map."),
                        NetworkOption.integer("code", 128, 1, 65_536, "Width of the code, which is the representation."),
                        NetworkOption.classes()),
                ConvAutoencoder::new));
    }

    @Override
    public Node forward(Graph graph, Node x) {
        Node y = x;
        for (int i = 0; i < depth; i++) {
            y = graph.conv2d("conv" + (i + 1), y, Conv2d.of(width << i, 3).withStride(2).withBias());
            y = graph.relu("relu" + (i + 1), graph.batchNorm("bn" + (i + 1), y));
        }
        y = graph.linear("fc", graph.flatten(y), option().integer("code"), true);
        int classes = option().integer("classes");
        return classes == 0 ? y : graph.linear("classifier", y, classes, true);
    }

    /** From the code back to an image {@code [C, H, W]}, not limited to a range. */
    public Head decoder() {
        return new ConvDecoder(channels(), width, depth, side() >> depth);
    }
}
