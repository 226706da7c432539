package dev.engram.encoders.network;

import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.StateSpec.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A network while it is being defined. Each layer records the state it needs and its tap, and writes its line of the program.
 * Layers are named by PyTorch's module paths; the order of calls is the order of the state.
 */
public final class Graph {
    private final ProgramText text;
    private final Mode mode;
    private final GraphRecord record;
    private final String prefix;
    private final Predicate<String> trained;

    Graph(ProgramText text, Mode mode, GraphRecord record) {
        this(text, mode, record, "", name -> true);
    }

    private Graph(ProgramText text, Mode mode, GraphRecord record, String prefix, Predicate<String> trained) {
        this.text = text;
        this.mode = mode;
        this.record = record;
        this.prefix = prefix;
        this.trained = trained;
    }

    /**
     * A graph that writes a training pass without taps into a program.
     *
     * @param parameters name in the program of the list of parameters, in the order of {@link StateLayout#parameters}
     * @param buffers name in the program of the list of buffers, in the order of {@link StateLayout#buffers}
     */
    public static Graph training(ProgramText text, String parameters, String buffers) {
        return new Graph(text, Mode.TRAINING, new GraphRecord(parameters, buffers, Set.of()));
    }

    /** A graph that writes a pass without taps that uses the running statistics and changes nothing; lists as in {@link #training}. */
    public static Graph evaluation(ProgramText text, String parameters, String buffers) {
        return new Graph(text, Mode.EVALUATION, new GraphRecord(parameters, buffers, Set.of()));
    }

    /** The same graph, with every path put below {@code path}. */
    public Graph under(String path) {
        return new Graph(text, mode, record, prefix + path + ".", trained);
    }

    /**
     * The same graph, of which only the parameters of these names are trained; the others are part of the state, but get no gradient.
     *
     * @param normalizations what batch normalizations use in a training pass; in an evaluation pass they use the running statistics anyway
     */
    Graph training(Set<String> names, Mode normalizations) {
        return new Graph(text, mode == Mode.TRAINING ? normalizations : mode, record, prefix, names::contains);
    }

    /** Any layer. */
    public Node apply(String path, Layer layer, Node x) {
        Node y = layer.write(this, path, x);
        record.read(fullPath(path), x.variable());
        return y;
    }

    /** Convolution; state {@code path.weight}, {@code path.bias}; tap {@code path}. */
    public Node conv2d(String path, Node x, Conv2d conv) {
        return apply(path, conv, x);
    }

    /**
     * Batch normalization over the units (momentum 0.1, ε 1e-5, as PyTorch's default); state {@code weight}, {@code bias},
     * {@code running_mean}, {@code running_var}, {@code num_batches_tracked}; tap {@code path}.
     */
    public Node batchNorm(String path, Node x) {
        return apply(path, BatchNorm.AFFINE, x);
    }

    /** max(x, 0); tap {@code path}. */
    public Node relu(String path, Node x) {
        return apply(path, new Relu(), x);
    }

    /** Maximum over squares of {@code side} that do not overlap; tap {@code path}. */
    public Node maxPool(String path, Node x, int side) {
        return apply(path, new MaxPool(side, side, 0), x);
    }

    /** Mean over all positions, {@code [C, H, W]} to {@code [C, 1, 1]}; tap {@code path}. */
    public Node averagePool(String path, Node x) {
        return apply(path, new AveragePool(1), x);
    }

    /** Residual addition; tap {@code path}. */
    public Node add(String path, Node x, Node y) {
        if (!x.shape().equals(y.shape())) {
            throw new IllegalArgumentException("%s adds shapes %s and %s".formatted(fullPath(path), x.shape(), y.shape()));
        }
        String sum = text.let("torch.add(%s, %s)", x.variable(), y.variable());
        return tap(path, Tap.Kind.ADD, new Node(sum, x.shape()));
    }

    /** All elements of an image as one vector. Has no tap: nothing is computed. */
    public Node flatten(Node x) {
        return new Node(text.let("torch.flatten(%s, 1, -1)", x.variable()), List.of(x.elements()));
    }

    /** Fully connected layer with PyTorch's default initial values; state {@code path.weight}, {@code path.bias}; tap {@code path}. */
    public Node linear(String path, Node x, int units, boolean bias) {
        return apply(path, new Linear(units, bias, Optional.empty()), x);
    }

    /** Whether batch normalization uses the batch or the running statistics. */
    public Mode mode() {
        return mode;
    }

    /** The program that is being written. */
    ProgramText text() {
        return text;
    }

    /**
     * A value computed by one expression; for layers that write themselves.
     *
     * @param shape for one image
     * @param expression format string for the names it uses
     */
    public Node value(List<Long> shape, String expression, Object... names) {
        return new Node(text.let(expression, names), shape);
    }

    /** Makes a value readable under a path; {@code ""} is the path that this graph is below. Returns the value. */
    public Node tap(String path, Tap.Kind kind, Node node) {
        record.tap(new Tap(fullPath(path), kind, node.shape()), node.variable(), text);
        return node;
    }

    /** A trained FLOAT32 tensor of the state; returns its expression in the program. */
    public String parameter(String name, List<Long> shape, Initializer initializer) {
        Role role = trained.test(fullPath(name)) ? Role.PARAMETER : Role.BUFFER;
        return record.state(new StateSpec(fullPath(name), role, ElementType.FLOAT32, shape, initializer));
    }

    /** A tensor of the state that is not trained; returns its expression in the program. */
    public String buffer(String name, ElementType type, List<Long> shape, Initializer initializer) {
        return record.state(new StateSpec(fullPath(name), Role.BUFFER, type, shape, initializer));
    }

    /** The path in the whole network, for state, taps and messages. */
    String fullPath(String path) {
        return path.isEmpty() && !prefix.isEmpty() ? prefix.substring(0, prefix.length() - 1) : prefix + path;
    }
}
