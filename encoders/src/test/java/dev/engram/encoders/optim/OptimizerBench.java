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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An optimizer by itself in double: on a matrix {@code w} (2 × 2), a matrix {@code v} (2 × 2) if there is one, and a bias {@code b} (2). */
final class OptimizerBench implements AutoCloseable {
    private final Optimizer optimizer;
    private final Scope scope = Scope.open();
    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final StateDict state;
    private final TorchProgram program;
    private final List<StateSpec> specs;
    final Tensor w;
    final Tensor b;

    OptimizerBench(Optimizer optimizer, double[] w, double[] b) {
        this(optimizer, values(w, null, b));
    }

    OptimizerBench(Optimizer optimizer, Map<String, double[]> values) {
        this.optimizer = optimizer;
        List<StateSpec> trained = new ArrayList<>();
        values.forEach((name, initial) -> {
            List<Long> shape = shape(name);
            long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
            parameters.put(name, scope.doubles(initial, sizes));
            trained.add(new StateSpec(name, Role.PARAMETER, ElementType.FLOAT64, shape, new Initializer.Constant(0)));
        });
        this.w = parameters.get("w");
        this.b = parameters.get("b");
        this.specs = optimizer.state(trained);
        this.state = new StateLayout(specs, List.of()).initialState(0);
        ProgramText text = new ProgramText();
        optimizer.step(text, trained);
        this.program = TorchProgram.compile(text.forward(
                "p: List[Tensor], g: List[Tensor], s: List[Tensor], " + Optimizer.RATES, "int", "0"));
    }

    /** Values by name, those of {@code v} only if there are some. */
    static Map<String, double[]> values(double[] w, double[] v, double[] b) {
        Map<String, double[]> values = new LinkedHashMap<>();
        values.put("w", w);
        if (v != null) {
            values.put("v", v);
        }
        values.put("b", b);
        return values;
    }

    void step(double[] gradientW, double[] gradientB, double rate) {
        step(values(gradientW, null, gradientB), optimizer.rates(rate));
    }

    void step(Map<String, double[]> gradients, OptimizerRates rates) {
        try (Scope step = Scope.open()) {
            List<Tensor> given = new ArrayList<>();
            gradients.forEach((name, values) -> given.add(
                    step.doubles(values, shape(name).stream().mapToLong(Long::longValue).toArray())));
            List<Tensor> remembered = state.get(specs.stream().map(StateSpec::name).toList());
            program.run(
                    step, List.copyOf(parameters.values()), given, remembered,
                    rates.learningRate(), rates.weightDecay(), rates.momentum());
        }
    }

    double[] parameter(String name) {
        return parameters.get(name).doubles();
    }

    List<String> stateNames() {
        return List.copyOf(state.names());
    }

    Tensor state(String name) {
        return state.get(name);
    }

    private static List<Long> shape(String name) {
        return name.equals("b") ? List.of(2L) : List.of(2L, 2L);
    }

    @Override
    public void close() {
        program.close();
        state.close();
        scope.close();
    }
}
