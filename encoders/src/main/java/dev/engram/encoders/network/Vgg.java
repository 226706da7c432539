package dev.engram.encoders.network;

import java.util.List;

/**
 * VGG-11 and VGG-16 with batch normalization and torchvision's names: {@code features.0} …, {@code avgpool},
 * {@code classifier.0} …. The representation is what the classifier would see. There is no dropout.
 *
 * <p>K. Simonyan, A. Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition", ICLR 2015,
 * <a href="https://arxiv.org/abs/1409.1556">arXiv 1409.1556</a>, configurations A and D.
 */
public final class Vgg extends FamilyNetwork {
    private static final String SOURCE = "Simonyan, Zisserman 2015, https://arxiv.org/abs/1409.1556";
    private static final int HIDDEN = 4096;
    private static final Initializer CLASSIFIER_WEIGHTS = new Initializer.Normal(0.01);

    private final List<List<Integer>> stages;

    private Vgg(List<List<Integer>> stages, String name, int channels, int side, NetworkOptions options) {
        super(name, channels, side, options);
        this.stages = stages;
    }

    static List<NetworkFamily> families() {
        return List.of(
                family("vgg11_bn", "VGG-11", List.of(
                        List.of(64), List.of(128), List.of(256, 256), List.of(512, 512), List.of(512, 512))),
                family("vgg16_bn", "VGG-16", List.of(
                        List.of(64, 64), List.of(128, 128), List.of(256, 256, 256), List.of(512, 512, 512),
                        List.of(512, 512, 512))));
    }

    private static NetworkFamily family(String name, String title, List<List<Integer>> stages) {
        return new NetworkFamily(name, title, SOURCE, List.of(
                NetworkOption.integer("pool", 1, 1, 7,
                        "Side of the map that the representation is: 1 gives 512 values; 7 is torchvision's, 25,088 values."),
                NetworkOption.classes()),
                (family, channels, side, options) -> new Vgg(stages, family, channels, side, options));
    }

    @Override
    public Node forward(Graph graph, Node x) {
        Node y = graph.flatten(graph.apply("avgpool", new AveragePool(option().integer("pool")), features(graph, x)));
        int classes = option().integer("classes");
        return classes == 0 ? y : classifier(graph.under("classifier"), y, classes);
    }

    private Node features(Graph above, Node x) {
        Graph graph = above.under("features");
        Node y = x;
        int index = 0;
        for (List<Integer> stage : stages) {
            for (int width : stage) {
                y = graph.conv2d("" + index++, y, Conv2d.of(width, 3).withBias().withHeNormal());
                y = graph.batchNorm("" + index++, y);
                y = graph.relu("" + index++, y);
            }
            y = graph.maxPool("" + index++, y, 2);
        }
        return y;
    }

    private static Node classifier(Graph graph, Node x, int classes) {
        Node y = graph.relu("1", graph.apply("0", Linear.of(HIDDEN, CLASSIFIER_WEIGHTS), x));
        y = graph.relu("4", graph.apply("3", Linear.of(HIDDEN, CLASSIFIER_WEIGHTS), y));
        return graph.apply("6", Linear.of(classes, CLASSIFIER_WEIGHTS), y);
    }
}
