package dev.engram.encoders.network;

import java.util.List;

/**
 * The convolutional network of D. Arpit et al., "A Closer Look at Memorization in Deep Networks", ICML 2017,
 * <a href="https://arxiv.org/abs/1706.05394">arXiv 1706.05394</a>, footnote 2: the border cut off, twice a 5×5 convolution of
 * 200 units with batch normalization, ReLU and 3×3 pooling, then fully connected layers of 384 and 192 units. Nothing is padded, and
 * squares that are pooled do not overlap, which the paper leaves open; with 10 classes it has 1,170,386 parameters.
 */
public final class ConvNet extends FamilyNetwork {
    private static final int UNITS = 200;
    private static final List<Integer> DENSE = List.of(384, 192);

    private ConvNet(String name, int channels, int side, NetworkOptions options) {
        super(name, channels, side, options);
    }

    static List<NetworkFamily> families() {
        return List.of(new NetworkFamily(
                "convnet", "ConvNet of Arpit et al.", "Arpit et al. 2017, https://arxiv.org/abs/1706.05394",
                List.of(
                        NetworkOption.integer("crop", 2, 0, 64, "Pixels cut off on each side; 0 for 28×28 images."),
                        NetworkOption.classes()),
                ConvNet::new));
    }

    @Override
    public Node forward(Graph graph, Node x) {
        Node y = cropped(graph, x);
        for (int i = 1; i <= 2; i++) {
            y = graph.conv2d("conv" + i, y, Conv2d.of(UNITS, 5).withoutPadding().withBias());
            y = graph.maxPool("pool" + i, graph.relu("relu" + i, graph.batchNorm("bn" + i, y)), 3);
        }
        y = graph.flatten(y);
        for (int i = 0; i < DENSE.size(); i++) {
            y = graph.linear("fc" + (i + 1), y, DENSE.get(i), true);
            y = graph.relu("relu" + (i + 3), graph.batchNorm("bn" + (i + 3), y));
        }
        int classes = option().integer("classes");
        return classes == 0 ? y : graph.linear("fc3", y, classes, true);
    }

    private Node cropped(Graph graph, Node x) {
        int crop = option().integer("crop");
        long rows = x.shape().get(1) - 2L * crop;
        long columns = x.shape().get(2) - 2L * crop;
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("network_options.crop: %d leaves nothing of %s".formatted(crop, x.shape()));
        }
        return graph.value(
                List.of(x.shape().get(0), rows, columns),
                "torch.slice(torch.slice(%s, 2, %2$d, %3$d, 1), 3, %2$d, %4$d, 1)",
                x.variable(), crop, crop + rows, crop + columns);
    }
}
