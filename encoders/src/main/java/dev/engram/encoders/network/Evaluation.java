package dev.engram.encoders.network;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.ProgramResult;
import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The forward pass of a network for measuring: running statistics are used and never changed, no gradient is recorded, and
 * every requested activation comes back from the same single pass. What is not requested is freed on the way.
 *
 * <pre>{@code
 * try (Evaluation forward = Evaluation.of(ResNet9.encoder(), List.of(TapRequest.mean("prep.relu")))) {
 *     try (Scope scope = Scope.open()) {
 *         Activations result = forward.run(scope, state, images);
 *     }
 * }
 * }</pre>
 *
 * <p>Depends on no weights: one evaluation serves any number of states and threads.
 */
public final class Evaluation implements AutoCloseable {
    private static final int IMAGE_DIMENSIONS = 3;

    private final Network network;
    private final StateLayout layout;
    private final List<String> parameters;
    private final List<String> buffers;
    private final List<TapRequest> order;
    private final TorchProgram program;

    private Evaluation(Network network, StateLayout layout, List<TapRequest> order, TorchProgram program) {
        this.network = network;
        this.layout = layout;
        this.parameters = layout.parameters();
        this.buffers = layout.buffers();
        this.order = order;
        this.program = program;
    }

    /** A forward pass without taps. */
    public static Evaluation of(Network network) {
        return of(network, List.of());
    }

    /**
     * A forward pass with taps.
     *
     * @throws IllegalArgumentException if the network has no such tap
     */
    public static Evaluation of(Network network, Collection<TapRequest> requests) {
        return of(network, requests, false);
    }

    /**
     * A forward pass with the taps of all of these: what each would give, from one pass.
     *
     * @param evaluations at least one, all of one network
     */
    public static Evaluation together(Collection<Evaluation> evaluations) {
        List<TapRequest> requests = evaluations.stream().flatMap(evaluation -> evaluation.order.stream()).toList();
        return of(evaluations.iterator().next().network, requests);
    }

    /**
     * A forward pass without taps that computes a normalization together with the convolution before it, and wide convolutions with fewer
     * products ({@link Winograd}): faster, and equal to {@link #of(Network)} but for rounding (1e-5 of the largest value).
     */
    public static Evaluation folded(Network network) {
        return of(network, List.of(), true);
    }

    private static Evaluation of(Network network, Collection<TapRequest> requests, boolean folding) {
        StateLayout layout = StateLayout.of(network);
        Set<TapRequest> wanted = new LinkedHashSet<>(requests);
        wanted.forEach(request -> layout.tap(request.path()));
        ProgramText text = new ProgramText();
        GraphRecord record = new GraphRecord("p", "b", wanted);
        boolean isImage = network.input().size() == IMAGE_DIMENSIONS;
        String x = isImage ? text.let("torch.contiguous(x, memory_format=2)") : "x";
        Node output = network.forward(new Graph(text, Mode.EVALUATION, record), new Node(x, network.input()));
        String taps = text.let("annotate(List[Tensor], [%s])", String.join(", ", record.activations().values()));
        String source = text.forward(
                "x: Tensor, p: List[Tensor], b: List[Tensor]",
                "Tuple[Tensor, List[Tensor]]",
                "(" + output.variable() + ", " + taps + ")");
        String lean = InPlaceRelu.in(source);
        TorchProgram program = TorchProgram.compile(folding ? Winograd.in(FoldedBatchNorm.in(lean)) : lean);
        return new Evaluation(network, layout, List.copyOf(record.activations().keySet()), program);
    }

    /** State and taps of the network. */
    public StateLayout layout() {
        return layout;
    }

    /**
     * One forward pass.
     *
     * @param scope owns the result
     * @param state at least the tensors of {@link StateLayout#state}; others are ignored
     * @param images FLOAT32 {@code [N, C, H, W]} as {@link Network#input} says, normalized as in training
     * @throws IllegalArgumentException if the images or the state do not fit
     */
    public Activations run(Scope scope, StateDict state, Tensor images) {
        checkShape(images);
        ProgramResult result = program.run(scope, images, state.get(parameters), state.get(buffers));
        Map<TapRequest, Tensor> taps = new LinkedHashMap<>();
        for (int i = 0; i < order.size(); i++) {
            taps.put(order.get(i), result.tensors(1).get(i));
        }
        return new Activations(result.tensor(0), taps);
    }

    @Override
    public void close() {
        program.close();
    }

    private void checkShape(Tensor images) {
        long[] shape = images.shape();
        List<Long> input = network.input();
        boolean fits = shape.length == input.size() + 1;
        for (int i = 0; fits && i < input.size(); i++) {
            fits = shape[i + 1] == input.get(i);
        }
        if (!fits) {
            throw new IllegalArgumentException("%s takes [N, %s], the batch is %s".formatted(
                    network.name(), String.join(", ", input.stream().map(Object::toString).toList()), images));
        }
    }
}
