package dev.engram.encoders.train;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;
import dev.engram.encoders.network.Graph;
import dev.engram.encoders.network.InPlaceRelu;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Node;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.StateSpec;
import dev.engram.encoders.network.StateSpec.Role;
import dev.engram.encoders.objective.Objective;
import dev.engram.encoders.optim.MovingAverage;
import dev.engram.encoders.optim.Optimizer;
import dev.engram.encoders.optim.OptimizerRates;
import java.util.List;

/**
 * One step of self-supervised training as one native call: forward pass of both views together, loss, gradients, optimizer,
 * and the moving average if there is one. Changes the state in place; intermediate results are freed as it goes.
 */
public final class TrainingStep implements AutoCloseable {
    private static final String LEAVES = "q";
    private static final String BUFFERS = "b";

    private final Optimizer optimizer;
    private final StateLayout layout;
    private final List<StateSpec> parameters;
    private final List<StateSpec> optimizerState;
    private final List<String> parameterNames;
    private final List<String> bufferNames;
    private final List<String> optimizerNames;
    private final boolean averaging;
    private final TorchProgram program;

    private TrainingStep(Network network, Objective objective, Optimizer optimizer, boolean averaging) {
        this.optimizer = optimizer;
        this.layout = StateLayout.of(network);
        this.parameters = layout.state().stream().filter(spec -> spec.role() == Role.PARAMETER).toList();
        this.optimizerState = optimizer.state(parameters);
        this.parameterNames = layout.parameters();
        this.bufferNames = layout.buffers();
        this.optimizerNames = optimizerState.stream().map(StateSpec::name).toList();
        this.averaging = averaging;
        this.program = TorchProgram.compile(InPlaceRelu.in(emit(network, objective, optimizer)));
    }

    /**
     * Compiles the step of a recipe.
     *
     * @param network with its projector; the output is the embedding
     * @param averaging whether a moving average of the weights is kept
     */
    public static TrainingStep of(Network network, Objective objective, Optimizer optimizer, boolean averaging) {
        return new TrainingStep(network, objective, optimizer, averaging);
    }

    /** What changes the weights. */
    public Optimizer optimizer() {
        return optimizer;
    }

    /** The state before the first step, drawn from a seed; the average begins as a copy of the weights. */
    public TrainingState initialState(long seed) {
        StateDict model = layout.initialState(seed);
        StateDict optimizer = new StateLayout(optimizerState, List.of()).initialState(seed);
        return new TrainingState(0, model, optimizer, averaging ? model.copy() : null);
    }

    /**
     * Checks that a state, such as one read from a checkpoint, is one of this recipe.
     *
     * @throws IllegalArgumentException naming every tensor that is missing, unexpected or of another shape
     */
    public void verify(TrainingState state) {
        layout.verify(state.model());
        new StateLayout(optimizerState, List.of()).verify(state.optimizer());
        if (state.average().isPresent() != averaging) {
            throw new IllegalArgumentException("The recipe keeps %s moving average, the state has %s"
                    .formatted(averaging ? "a" : "no", averaging ? "none" : "one"));
        }
        state.average().ifPresent(layout::verify);
    }

    /** {@link #run(TrainingState, Tensor, OptimizerRates, double)} with the optimizer's own weight decay and momentum. */
    public double run(TrainingState state, Tensor views, double learningRate, double averageMomentum) {
        return run(state, views, optimizer.rates(learningRate), averageMomentum);
    }

    /**
     * Does one step and returns its loss, which is NaN or infinite if training has diverged.
     *
     * @param state changed in place, its step is counted up
     * @param views FLOAT32 {@code [2N, C, H, W]}: the first views of N images, then their second views in the same order
     * @param rates for this step
     * @param averageMomentum m for this step, ignored without an average
     */
    public double run(TrainingState state, Tensor views, OptimizerRates rates, double averageMomentum) {
        try (Scope scope = Scope.open()) {
            StateDict average = state.average().orElse(null);
            Tensor loss = program.runWithGradient(
                            scope,
                            views,
                            state.model().get(parameterNames),
                            state.model().get(bufferNames),
                            state.optimizer().get(optimizerNames),
                            averaging ? average.get(parameterNames) : List.of(),
                            averaging ? average.get(bufferNames) : List.of(),
                            rates.learningRate(),
                            rates.weightDecay(),
                            rates.momentum(),
                            averageMomentum)
                    .tensor();
            state.advance();
            return loss.item();
        }
    }

    /** The program's text, for the curious and for bug reports. */
    public String text() {
        return program.text();
    }

    @Override
    public void close() {
        program.close();
    }

    private String emit(Network network, Objective objective, Optimizer optimizer) {
        ProgramText text = new ProgramText();
        text.line(LEAVES + " = annotate(List[Tensor], [])");
        text.line("for i in range(torch.len(p)):");
        text.line("  _q = torch.append(" + LEAVES + ", torch.requires_grad_(torch.detach(p[i]), True))");
        String x = text.let("torch.contiguous(x, memory_format=2)");
        Node z = network.forward(Graph.training(text, LEAVES, BUFFERS), new Node(x, network.input()));
        String views = text.let("torch.chunk(%s, 2, 0)", z.variable());
        String loss = objective.loss(text, views + "[0]", views + "[1]");
        gradients(text, loss);
        optimizer.step(text, parameters);
        if (averaging) {
            MovingAverage.update(text, new MovingAverage.Lists("e", "eb"), new MovingAverage.Lists("p", BUFFERS), "m");
        }
        return text.forward(
                "x: Tensor, p: List[Tensor], b: List[Tensor], s: List[Tensor], e: List[Tensor], eb: List[Tensor], " + Optimizer.RATES + ", m: float",
                "Tensor",
                "torch.detach(" + loss + ")");
    }

    /** Gradients come in whatever layout the backward pass chose; fused optimizers read memory in order. */
    private static void gradients(ProgramText text, String loss) {
        String found = text.let("torch.grad([%s], %s, None, None, False, False)", loss, LEAVES);
        text.line("_off = torch.set_grad_enabled(False)");
        text.line("g = annotate(List[Tensor], [])");
        text.line("for i in range(torch.len(p)):");
        text.line("  _g = torch.append(g, torch.contiguous(unchecked_cast(Tensor, %s[i])))", found);
    }
}
