package dev.engram.encoders.network;

import dev.engram.encoders.engine.ElementType;
import java.util.List;

/**
 * DINO's head: a multilayer perceptron with GELU, its output scaled to length 1, then a weight-normalized linear layer without
 * bias, {@code g v/|v|} row by row. Names as in the authors' code: {@code mlp.0} …, {@code last_layer.weight_g},
 * {@code last_layer.weight_v}.
 *
 * <p>M. Caron et al., "Emerging Properties in Self-Supervised Vision Transformers", ICCV 2021,
 * <a href="https://arxiv.org/abs/2104.14294">arXiv 2104.14294</a>.
 *
 * @param outputs prototypes; 65,536 in the paper
 * @param layers of the perceptron, at least 1; 3 in the paper
 * @param hidden width of its hidden layers; 2,048 in the paper
 * @param bottleneck width of its output; 256 in the paper
 * @param batchNorm whether batch normalization follows its hidden layers; the paper has it with convolutional networks in some runs
 * @param fixedLength whether the rows of the last layer keep the length 1 ({@code norm_last_layer}); then {@code weight_g} is
 *     not trained. The paper's default; without it ViTs of the Base size train unstably
 */
public record DinoHead(int outputs, int layers, int hidden, int bottleneck, boolean batchNorm, boolean fixedLength)
        implements Head {
    private static final Initializer WEIGHTS = new Initializer.Normal(TransformerWeights.NORMAL_DEVIATION);
    private static final double SMALLEST_LENGTH = 1e-12;

    /** The head of the paper with another number of prototypes. */
    public static DinoHead of(int outputs) {
        return new DinoHead(outputs, 3, 2048, 256, false, true);
    }

    @Override
    public Node forward(Graph graph, Node x) {
        return lastLayer(graph, normalized(graph, perceptron(graph, x)));
    }

    private Node perceptron(Graph graph, Node x) {
        if (layers == 1) {
            return graph.apply("mlp", Linear.of(bottleneck, WEIGHTS), x);
        }
        Node y = x;
        int index = 0;
        for (int i = 1; i < layers; i++) {
            y = graph.apply("mlp." + index++, Linear.of(hidden, WEIGHTS), y);
            if (batchNorm) {
                y = graph.apply("mlp." + index++, BatchNorm.AFFINE, y);
            }
            y = graph.apply("mlp." + index++, new Gelu(), y);
        }
        return graph.apply("mlp." + index, Linear.of(bottleneck, WEIGHTS), y);
    }

    /** x/max(|x|, 1e-12), as {@code torch.nn.functional.normalize}. */
    static Node normalized(Graph graph, Node x) {
        Node length = graph.value(
                x.shape(), "torch.clamp_min(torch.norm(%s, 2, [-1], True), %s)", x.variable(), SMALLEST_LENGTH);
        return graph.value(x.shape(), "torch.div(%s, %s)", x.variable(), length.variable());
    }

    private Node lastLayer(Graph graph, Node x) {
        List<Long> lengths = List.of((long) outputs, 1L);
        Initializer one = new Initializer.Constant(1);
        String g = fixedLength
                ? graph.buffer("last_layer.weight_g", ElementType.FLOAT32, lengths, one)
                : graph.parameter("last_layer.weight_g", lengths, one);
        String v = graph.parameter(
                "last_layer.weight_v", List.of((long) outputs, (long) x.units()), Initializer.byFanIn(x.units()));
        String weight = graph.text().let("ops.aten._weight_norm(%s, %s, 0)", v, g);
        Node y = graph.value(List.of((long) outputs), "torch.linear(%s, %s, None)", x.variable(), weight);
        return graph.tap("last_layer", Tap.Kind.LINEAR, y);
    }
}
