package dev.engram.encoders.network;

import dev.engram.encoders.engine.ElementType;
import java.util.List;

/**
 * Normalization over the batch, unit by unit (momentum 0.1, ε 1e-5, as PyTorch's default), by the running statistics in
 * evaluation; state {@code weight}, {@code bias} if it scales and shifts, {@code running_mean}, {@code running_var},
 * {@code num_batches_tracked}; tap {@code path}. S. Ioffe, C. Szegedy, "Batch Normalization", ICML 2015,
 * <a href="https://arxiv.org/abs/1502.03167">arXiv 1502.03167</a>.
 *
 * @param affine whether it scales and shifts after normalizing
 * @param initialWeight of the scale
 */
public record BatchNorm(boolean affine, double initialWeight) implements Layer {
    /** With scale and shift. */
    public static final BatchNorm AFFINE = new BatchNorm(true, 1);

    /** Without scale and shift. */
    public static final BatchNorm PLAIN = new BatchNorm(false, 1);

    @Override
    public Node write(Graph graph, String path, Node x) {
        List<Long> shape = List.of((long) x.units());
        String weight = affine
                ? graph.parameter(path + ".weight", shape, new Initializer.Constant(initialWeight))
                : "None";
        String bias = affine ? graph.parameter(path + ".bias", shape, new Initializer.Constant(0)) : "None";
        String mean = graph.buffer(path + ".running_mean", ElementType.FLOAT32, shape, new Initializer.Constant(0));
        String variance = graph.buffer(path + ".running_var", ElementType.FLOAT32, shape, new Initializer.Constant(1));
        String batches = graph.buffer(
                path + ".num_batches_tracked", ElementType.INT64, List.of(), new Initializer.Constant(0));
        boolean training = graph.mode() == Mode.TRAINING;
        if (training) {
            graph.text().let("torch.add_(%s, 1)", batches);
        }
        Node y = graph.value(
                x.shape(),
                "torch.batch_norm(%s, %s, %s, %s, %s, %s, 0.1, 1e-05, True)",
                x.variable(), weight, bias, mean, variance, training ? "True" : "False");
        return graph.tap(path, Tap.Kind.BATCH_NORM, y);
    }
}
