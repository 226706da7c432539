package dev.engram.encoders.network;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What batch normalization sees of a batch: the mean and the (unbiased) variance of each unit before each normalization, while every normalization
 * goes by the batch itself. That is a training pass, but weights and running statistics stay as they are. Thread-safe.
 */
public final class BatchStatistics implements AutoCloseable {
    /** Share of a batch in the running statistics; begun at 0 they hold just that. */
    private static final double MOMENTUM = 0.1;

    private final List<String> parameters;
    private final List<String> buffers;
    private final List<String> names;
    private final TorchProgram program;

    private BatchStatistics(StateLayout layout, TorchProgram program) {
        this.parameters = layout.parameters();
        this.buffers = layout.buffers();
        this.names = names(layout);
        this.program = program;
    }

    public static BatchStatistics of(Network network) {
        ProgramText text = new ProgramText();
        String x = text.let("torch.contiguous(x, memory_format=2)");
        Node output = network.forward(Graph.training(text, "p", "b"), new Node(x, network.input()));
        String source = text.forward("x: Tensor, p: List[Tensor], b: List[Tensor]", "Tensor", output.variable());
        return new BatchStatistics(StateLayout.of(network), TorchProgram.compile(source));
    }

    /** The running statistics of a network, {@code running_mean} and {@code running_var}, in forward order; none without batch normalization. */
    public static List<String> names(StateLayout layout) {
        return layout.buffers().stream()
                .filter(name -> name.endsWith(".running_mean") || name.endsWith(".running_var"))
                .toList();
    }

    /**
     * The statistics of one batch, by the names of the running statistics.
     *
     * @param state of the network; left as it is
     * @param images normalized {@code [N, C, H, W]}, at least 2
     */
    public Map<String, double[]> of(StateDict state, Tensor images) {
        try (Scope scope = Scope.open()) {
            List<Tensor> written = new ArrayList<>();
            for (String name : buffers) {
                Tensor buffer = state.get(name);
                written.add(names.contains(name) ? scope.zeros(buffer.type(), buffer.shape()) : buffer.copyTo(scope));
            }
            program.run(scope, images, state.get(parameters), written);
            Map<String, double[]> found = new LinkedHashMap<>();
            for (String name : names) {
                float[] share = written.get(buffers.indexOf(name)).floats();
                double[] whole = new double[share.length];
                for (int unit = 0; unit < whole.length; unit++) {
                    whole[unit] = share[unit] / MOMENTUM;
                }
                found.put(name, whole);
            }
            return found;
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
