package dev.engram.encoders.optim;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;
import dev.engram.encoders.network.Initializer;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.StateSpec;
import dev.engram.encoders.network.StateSpec.Role;
import java.util.List;

/** An optimizer by itself on a matrix {@code w} (2 × 2) and a bias {@code b} (2), in a precision of choice. */
final class OptimizerBench implements AutoCloseable {
    private static final List<StateSpec> PARAMETERS = List.of(
            new StateSpec("w", Role.PARAMETER, ElementType.FLOAT64, List.of(2L, 2L), new Initializer.Constant(0)),
            new StateSpec("b", Role.PARAMETER, ElementType.FLOAT64, List.of(2L), new Initializer.Constant(0)));

    private final Scope scope = Scope.open();
    private final StateDict state;
    private final TorchProgram program;
    private final List<StateSpec> specs;
    final Tensor w;
    final Tensor b;

    OptimizerBench(Optimizer optimizer, double[] w, double[] b) {
        this.w = scope.doubles(w, 2, 2);
        this.b = scope.doubles(b, 2);
        this.specs = optimizer.state(PARAMETERS);
        this.state = new StateLayout(specs, List.of()).initialState(0);
        ProgramText text = new ProgramText();
        optimizer.step(text, PARAMETERS);
        this.program = TorchProgram.compile(
                text.forward("p: List[Tensor], g: List[Tensor], s: List[Tensor], lr: float", "int", "0"));
    }

    void step(double[] gradientW, double[] gradientB, double rate) {
        try (Scope step = Scope.open()) {
            List<Tensor> gradients = List.of(step.doubles(gradientW, 2, 2), step.doubles(gradientB, 2));
            List<Tensor> remembered = state.get(specs.stream().map(StateSpec::name).toList());
            program.run(step, List.of(w, b), gradients, remembered, rate);
        }
    }

    List<String> stateNames() {
        return List.copyOf(state.names());
    }

    Tensor state(String name) {
        return state.get(name);
    }

    @Override
    public void close() {
        program.close();
        state.close();
        scope.close();
    }
}
