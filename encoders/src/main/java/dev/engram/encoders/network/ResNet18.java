package dev.engram.encoders.network;

import java.util.List;
import java.util.Map;

/**
 * ResNet-18 with the stem for small images: a 3×3 convolution with stride 1 and no pooling, as SimCLR uses for 32×32 images
 * (arXiv 2002.05709, appendix B.9). Names as torchvision's; the second ReLU of a block and its addition are named as
 * torchvision's feature extraction does: {@code layer1.0.relu_1}, {@code layer1.0.add}.
 *
 * <p>K. He, X. Zhang, S. Ren, J. Sun, "Deep Residual Learning for Image Recognition", CVPR 2016,
 * <a href="https://arxiv.org/abs/1512.03385">arXiv 1512.03385</a>. The representation has 512 values; with a classifier the
 * output is its logits ({@code fc}). Initial convolution weights are He-normal by fan-out.
 */
public final class ResNet18 implements Network {
    private final int channels;
    private final int side;
    private final int classes;

    private ResNet18(int channels, int side, int classes) {
        this.channels = channels;
        this.side = side;
        this.classes = classes;
    }

    /** An encoder of color images of 32×32 pixels. */
    public static ResNet18 encoder() {
        return encoder(3, 32);
    }

    /**
     * An encoder.
     *
     * @param channels of the images, at least 1
     * @param side of the images in pixels
     */
    public static ResNet18 encoder(int channels, int side) {
        return new ResNet18(channels, side, 0);
    }

    /** A classifier of color images of 32×32 pixels. */
    public static ResNet18 classifier(int classes) {
        return new ResNet18(3, 32, classes);
    }

    static List<NetworkFamily> families() {
        return List.of(new NetworkFamily(
                "resnet18", "ResNet-18", "He et al. 2016, https://arxiv.org/abs/1512.03385", List.of(NetworkOption.classes()),
                (name, channels, side, options) -> new ResNet18(channels, side, options.integer("classes"))));
    }

    @Override
    public Map<String, String> options() {
        return Map.of("classes", Integer.toString(classes));
    }

    @Override
    public String name() {
        return "resnet18";
    }

    @Override
    public List<Long> input() {
        return List.of((long) channels, (long) side, (long) side);
    }

    @Override
    public Node forward(Graph graph, Node x) {
        Node y = graph.conv2d("conv1", x, Conv2d.of(64, 3).withHeNormal());
        y = graph.relu("relu", graph.batchNorm("bn1", y));
        y = layer(graph.under("layer1"), y, 64, 1);
        y = layer(graph.under("layer2"), y, 128, 2);
        y = layer(graph.under("layer3"), y, 256, 2);
        y = layer(graph.under("layer4"), y, 512, 2);
        y = graph.flatten(graph.averagePool("avgpool", y));
        return classes == 0 ? y : graph.linear("fc", y, classes, true);
    }

    private static Node layer(Graph graph, Node x, int units, int stride) {
        return block(graph.under("1"), block(graph.under("0"), x, units, stride), units, 1);
    }

    private static Node block(Graph graph, Node x, int units, int stride) {
        Node y = graph.conv2d("conv1", x, Conv2d.of(units, 3).withStride(stride).withHeNormal());
        y = graph.relu("relu", graph.batchNorm("bn1", y));
        y = graph.conv2d("conv2", y, Conv2d.of(units, 3).withHeNormal());
        y = graph.batchNorm("bn2", y);
        Node identity = stride == 1 ? x : downsample(graph.under("downsample"), x, units, stride);
        return graph.relu("relu_1", graph.add("add", y, identity));
    }

    private static Node downsample(Graph graph, Node x, int units, int stride) {
        return graph.batchNorm("1", graph.conv2d("0", x, Conv2d.of(units, 1).withStride(stride).withHeNormal()));
    }
}
