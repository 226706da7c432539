package dev.engram.encoders.network;

import java.util.List;

/**
 * ResNet-20, -32, -44 and -56 for 32×32 images: three stages of 16, 32 and 64 units, and shortcuts without parameters (option A):
 * every second position, and zeros for the new units, half of them before and half after the old ones.
 *
 * <p>K. He, X. Zhang, S. Ren, J. Sun, "Deep Residual Learning for Image Recognition", CVPR 2016, section 4.2,
 * <a href="https://arxiv.org/abs/1512.03385">arXiv 1512.03385</a>. Names as in the widespread PyTorch implementation of Y.
 * Idelbayev: {@code layer1.0.conv1}, classifier {@code linear}. Initial weights are He-normal by fan-in.
 */
public final class CifarResNet extends FamilyNetwork {
    private static final String SOURCE = "He et al. 2016, section 4.2, https://arxiv.org/abs/1512.03385";
    private static final List<Integer> WIDTHS = List.of(16, 32, 64);

    private final int blocks;

    private CifarResNet(int blocks, String name, int channels, int side, NetworkOptions options) {
        super(name, channels, side, options);
        this.blocks = blocks;
    }

    static List<NetworkFamily> families() {
        return List.of(family("resnet20", "ResNet-20", 3), family("resnet32", "ResNet-32", 5),
                family("resnet44", "ResNet-44", 7), family("resnet56", "ResNet-56", 9));
    }

    private static NetworkFamily family(String name, String title, int blocks) {
        return new NetworkFamily(name, title, SOURCE, List.of(NetworkOption.classes()),
                (family, channels, side, options) -> new CifarResNet(blocks, family, channels, side, options));
    }

    @Override
    public Node forward(Graph graph, Node x) {
        Node y = graph.relu("relu", graph.batchNorm("bn1", graph.conv2d("conv1", x, conv(x, WIDTHS.getFirst(), 1))));
        for (int layer = 0; layer < WIDTHS.size(); layer++) {
            for (int block = 0; block < blocks; block++) {
                int stride = layer > 0 && block == 0 ? 2 : 1;
                y = block(graph.under("layer" + (layer + 1) + "." + block), y, WIDTHS.get(layer), stride);
            }
        }
        y = graph.flatten(graph.averagePool("avgpool", y));
        int classes = option().integer("classes");
        return classes == 0 ? y : graph.apply("linear", Linear.of(classes, heNormal(y.units())), y);
    }

    private static Node block(Graph graph, Node x, int units, int stride) {
        Node y = graph.relu("relu", graph.batchNorm("bn1", graph.conv2d("conv1", x, conv(x, units, stride))));
        y = graph.batchNorm("bn2", graph.conv2d("conv2", y, conv(y, units, 1)));
        return graph.relu("relu_1", graph.add("add", y, stride == 1 ? x : shortcut(graph, x, y)));
    }

    private static Node shortcut(Graph graph, Node x, Node y) {
        int zeros = (y.units() - x.units()) / 2;
        return graph.value(
                y.shape(),
                "torch.constant_pad_nd(torch.slice(torch.slice(%1$s, 2, 0, %2$d, 2), 3, 0, %2$d, 2),"
                        + " [0, 0, 0, 0, %3$d, %3$d], 0)",
                x.variable(), Long.MAX_VALUE, zeros);
    }

    private static Conv2d conv(Node x, int units, int stride) {
        return Conv2d.of(units, 3).withStride(stride).withWeights(heNormal(x.units() * 9L));
    }

    private static Initializer heNormal(long fanIn) {
        return new Initializer.Normal(Math.sqrt(2.0 / fanIn));
    }
}
