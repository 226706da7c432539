package dev.engram.encoders.network;

import java.util.List;
import java.util.Map;

/**
 * The ResNet-9 of Wang, Dziedzic, Backes, Boenisch, "Localizing Memorization in SSL Vision Encoders", NeurIPS 2024,
 * <a href="https://arxiv.org/abs/2409.19069">arXiv 2409.19069</a>, Table 8: eight 3×3 convolutions with 1,120 units in all.
 *
 * <p>The two residual additions come after the ReLU of the second convolution and are part of the graph; their taps are
 * {@code layer1_residual} and {@code layer3_residual}. With a classifier the output is its logits ({@code classifier.2}, as in
 * {@code Sequential(MaxPool2d, Flatten, Linear)}), and there are 1,647,242 parameters for 10 classes; without one it is
 * what the classifier would see: the pooled and flattened map, 256 values for 32×32 images.
 */
public final class ResNet9 implements Network {
    private static final int POOL = 2;

    private final int channels;
    private final int side;
    private final int classes;

    private ResNet9(int channels, int side, int classes) {
        this.channels = channels;
        this.side = side;
        this.classes = classes;
    }

    /** An encoder of color images of 32×32 pixels. */
    public static ResNet9 encoder() {
        return encoder(3, 32);
    }

    /**
     * An encoder.
     *
     * @param channels of the images, at least 1
     * @param side of the images in pixels, at least 32
     */
    public static ResNet9 encoder(int channels, int side) {
        return new ResNet9(channels, side, 0);
    }

    /** A classifier of color images of 32×32 pixels. */
    public static ResNet9 classifier(int classes) {
        return new ResNet9(3, 32, classes);
    }

    static List<NetworkFamily> families() {
        return List.of(new NetworkFamily(
                "resnet9", "ResNet-9", "Wang et al. 2024, https://arxiv.org/abs/2409.19069", List.of(NetworkOption.classes()),
                (name, channels, side, options) -> new ResNet9(channels, side, options.integer("classes"))));
    }

    @Override
    public Map<String, String> options() {
        return Map.of("classes", Integer.toString(classes));
    }

    @Override
    public String name() {
        return "resnet9";
    }

    @Override
    public List<Long> input() {
        return List.of((long) channels, (long) side, (long) side);
    }

    @Override
    public Node forward(Graph graph, Node x) {
        Node y = pooled(graph, "prep", block(graph, "prep", x, 32));
        y = pooled(graph, "layer1_head", block(graph, "layer1_head", y, 64));
        y = residual(graph, "layer1_residual", y, 64);
        y = pooled(graph, "layer2", block(graph, "layer2", y, 128));
        y = pooled(graph, "layer3_head", block(graph, "layer3_head", y, 256));
        y = residual(graph, "layer3_residual", y, 256);
        y = graph.flatten(graph.maxPool("classifier.0", y, POOL));
        return classes == 0 ? y : graph.linear("classifier.2", y, classes, true);
    }

    private static Node residual(Graph graph, String path, Node x, int units) {
        Node y = block(graph, path + "1", x, units);
        y = block(graph, path + "2", y, units);
        return graph.add(path, y, x);
    }

    private static Node block(Graph graph, String path, Node x, int units) {
        Node y = graph.conv2d(path + ".conv", x, Conv2d.of(units, 3).withBias());
        y = graph.batchNorm(path + ".batch", y);
        return graph.relu(path + ".relu", y);
    }

    private static Node pooled(Graph graph, String path, Node x) {
        return graph.maxPool(path + ".pool", x, POOL);
    }
}
