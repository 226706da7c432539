package dev.engram.encoders.network;

import java.util.List;

/**
 * ResNet-18, -34, -50 and -101 with torchvision's names; the additions and the later ReLUs of a block are named as torchvision's
 * feature extraction does: {@code layer1.0.add}, {@code layer1.0.relu_1}. The stem is torchvision's (7×7, stride 2, pooled),
 * or a 3×3 convolution without stride or pooling, as SimCLR uses for 32×32 images (arXiv 2002.05709, appendix B.9). The width of
 * the last block, and so of the representation, can be chosen (arXiv 2304.05369).
 *
 * <p>K. He, X. Zhang, S. Ren, J. Sun, "Deep Residual Learning for Image Recognition", CVPR 2016,
 * <a href="https://arxiv.org/abs/1512.03385">arXiv 1512.03385</a>. In a bottleneck the 3×3 convolution has the stride.
 * Initial convolution weights are He-normal by fan-out.
 */
public final class ResNet extends FamilyNetwork {
    private static final String SOURCE = "He et al. 2016, https://arxiv.org/abs/1512.03385";
    private static final int STEM_WIDTH = 64;
    private static final int EXPANSION = 4;

    private final List<Integer> depths;
    private final boolean bottleneck;
    private final boolean largeStem;
    private final int lastWidth;
    private final int classes;
    private final Norms norms;

    private ResNet(
            List<Integer> depths, boolean bottleneck, String name, int channels, int side, NetworkOptions options) {
        super(name, channels, side, options);
        this.depths = depths;
        this.bottleneck = bottleneck;
        this.largeStem = options.text("stem").equals("7x7");
        this.lastWidth = options.integer("last_width");
        this.classes = options.integer("classes");
        this.norms = new Norms(options.text("norm").equals("group"), options.flag("zero_init_residual"));
        if (norms.group() && lastWidth % Norms.GROUPS != 0) {
            throw new IllegalArgumentException(
                    "network_options.last_width: %d groups do not divide %d units".formatted(Norms.GROUPS, lastWidth));
        }
    }

    static List<NetworkFamily> families() {
        return List.of(
                family("resnet18", "ResNet-18", List.of(2, 2, 2, 2), false),
                family("resnet34", "ResNet-34", List.of(3, 4, 6, 3), false),
                family("resnet50", "ResNet-50", List.of(3, 4, 6, 3), true),
                family("resnet101", "ResNet-101", List.of(3, 4, 23, 3), true));
    }

    private static NetworkFamily family(String name, String title, List<Integer> depths, boolean bottleneck) {
        return new NetworkFamily(name, title, SOURCE, List.of(
                NetworkOption.choice("stem",
                        "3x3: no stride, no pooling, for small images. 7x7: stride 2 and pooling as torchvision, for 224 pixels.",
                        "3x3", "7x7"),
                NetworkOption.integer("last_width", bottleneck ? 2048 : 512, 32, 65_536,
                        "Output width of the last block, so of the representation (arXiv 2304.05369)."),
                NetworkOption.choice("norm",
                        "Batch normalization, or group normalization in 32 groups, which DP-SGD needs (arXiv 1803.08494).",
                        "batch", "group"),
                NetworkOption.flag("zero_init_residual", false,
                        "Whether the last norm of each block begins with a scale of 0 (arXiv 1706.02677)."),
                NetworkOption.classes()),
                (family, channels, side, options) -> new ResNet(depths, bottleneck, family, channels, side, options));
    }

    /** ResNet-18 with the 3×3 stem for color images of 32×32 pixels. */
    public static Network resnet18() {
        return Networks.encoder("resnet18", 3, 32);
    }

    @Override
    public Node forward(Graph graph, Node x) {
        Node y = graph.conv2d("conv1", x, largeStem ? conv(STEM_WIDTH, 7, 2) : conv(STEM_WIDTH, 3, 1));
        y = graph.relu("relu", graph.apply("bn1", norms.inner(), y));
        if (largeStem) {
            y = graph.apply("maxpool", new MaxPool(3, 2, 1), y);
        }
        for (int layer = 0; layer < depths.size(); layer++) {
            y = layer(graph, layer, y);
        }
        y = graph.flatten(graph.averagePool("avgpool", y));
        return classes == 0 ? y : graph.linear("fc", y, classes, true);
    }

    private Node layer(Graph above, int layer, Node x) {
        Node y = x;
        int width = STEM_WIDTH << layer;
        for (int block = 0; block < depths.get(layer); block++) {
            boolean isLast = layer == depths.size() - 1 && block == depths.get(layer) - 1;
            int out = isLast ? lastWidth : bottleneck ? width * EXPANSION : width;
            int stride = layer > 0 && block == 0 ? 2 : 1;
            Graph graph = above.under("layer" + (layer + 1)).under(Integer.toString(block));
            y = bottleneck ? bottleneck(graph, y, width, out, stride) : basic(graph, y, width, out, stride);
        }
        return y;
    }

    private Node basic(Graph graph, Node x, int width, int out, int stride) {
        Node y = graph.conv2d("conv1", x, conv(width, 3, stride));
        y = graph.relu("relu", graph.apply("bn1", norms.inner(), y));
        y = graph.apply("bn2", norms.last(), graph.conv2d("conv2", y, conv(out, 3, 1)));
        return graph.relu("relu_1", graph.add("add", y, shortcut(graph, x, out, stride)));
    }

    private Node bottleneck(Graph graph, Node x, int width, int out, int stride) {
        Node y = graph.conv2d("conv1", x, conv(width, 1, 1));
        y = graph.relu("relu", graph.apply("bn1", norms.inner(), y));
        y = graph.conv2d("conv2", y, conv(width, 3, stride));
        y = graph.relu("relu_1", graph.apply("bn2", norms.inner(), y));
        y = graph.apply("bn3", norms.last(), graph.conv2d("conv3", y, conv(out, 1, 1)));
        return graph.relu("relu_2", graph.add("add", y, shortcut(graph, x, out, stride)));
    }

    private Node shortcut(Graph graph, Node x, int out, int stride) {
        if (stride == 1 && x.units() == out) {
            return x;
        }
        return graph.apply("downsample.1", norms.inner(), graph.conv2d("downsample.0", x, conv(out, 1, stride)));
    }

    private static Conv2d conv(int units, int kernel, int stride) {
        return Conv2d.of(units, kernel).withStride(stride).withHeNormal();
    }

    /** The normalization after a convolution. */
    private record Norms(boolean group, boolean zeroLast) {
        private static final int GROUPS = 32;

        Layer inner() {
            return of(1);
        }

        /** At the end of a block, before the addition. */
        Layer last() {
            return of(zeroLast ? 0 : 1);
        }

        private Layer of(double weight) {
            return group ? new GroupNorm(GROUPS, weight) : new BatchNorm(true, weight);
        }
    }
}
