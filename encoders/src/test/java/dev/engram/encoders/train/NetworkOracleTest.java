package dev.engram.encoders.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.method.JointEmbedding;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.Formula;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.network.ResNet;
import dev.engram.encoders.network.ResNet9;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.objective.SimClr;
import dev.engram.encoders.optim.Adam;
import dev.engram.encoders.optim.Lars;
import dev.engram.encoders.optim.Optimizer;
import dev.engram.encoders.optim.Sgd;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks, gradients and short trainings against PyTorch: src/test/oracle/networks_reference.py. */
class NetworkOracleTest {
    private static final JsonNode REFERENCE = reference();

    @ParameterizedTest
    @EnumSource(value = ElementType.class, names = {"FLOAT32", "FLOAT64"})
    void resNet9EvaluatesAsInPyTorch(ElementType type) {
        evaluates("resnet9", ResNet9.classifier(10), type);
    }

    @ParameterizedTest
    @EnumSource(value = ElementType.class, names = {"FLOAT32", "FLOAT64"})
    void resNet18EvaluatesAsInPyTorch(ElementType type) {
        evaluates("resnet18", Networks.encoder("resnet18", 3, 32, Map.of("classes", "10")), type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet9", "resnet18"})
    void gradientsAndStatisticsAreThoseOfPyTorch(String name) {
        Network encoder = name.equals("resnet9") ? ResNet9.encoder() : ResNet.resnet18();
        JsonNode expected = REFERENCE.path(name).path("training");
        try (TrainingStep step = step(encoder, new Sgd(0, 0));
                TrainingState state = state(step, encoder, new Sgd(0, 0));
                StateDict before = state.model().copy();
                Scope scope = Scope.open()) {
            double loss = step.run(state, batch(scope), 1, Map.of()).loss();
            assertEquals(expected.path("loss").doubleValue(), loss, 1e-9);
            for (Map.Entry<String, JsonNode> entry : expected.path("gradients").properties()) {
                double[] gradient = before.get(entry.getKey()).doubles();
                double[] after = state.model().get(entry.getKey()).doubles();
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] -= after[i];
                }
                agrees(entry.getKey(), entry.getValue(), gradient, 1e-8);
            }
            for (Map.Entry<String, JsonNode> entry : expected.path("statistics").properties()) {
                agrees(entry.getKey(), entry.getValue(), state.model().get(entry.getKey()).doubles(), 1e-10);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adam", "lars"})
    void threeStepsEndWhereThoseOfPyTorchEnd(String name) {
        boolean adam = name.equals("adam");
        Optimizer optimizer = adam ? Adam.of(0.01) : Lars.of(0.01);
        double[] rates = adam ? new double[] {1e-3, 2e-3, 1e-3} : new double[] {0.5, 1, 0.5};
        JsonNode expected = REFERENCE.path("resnet9").path(name);
        try (TrainingStep step = step(ResNet9.encoder(), optimizer);
                TrainingState state = state(step, ResNet9.encoder(), optimizer);
                Scope scope = Scope.open()) {
            Batch views = batch(scope);
            for (int i = 0; i < rates.length; i++) {
                double loss = step.run(state, views, rates[i], Map.of()).loss();
                assertEquals(expected.path("losses").get(i).doubleValue(), loss, 1e-6, "step " + i);
            }
            for (Map.Entry<String, JsonNode> entry : expected.path("parameters").properties()) {
                agrees(entry.getKey(), entry.getValue(), state.model().get(entry.getKey()).doubles(), 1e-5);
            }
        }
    }

    private static void evaluates(String name, Network network, ElementType type) {
        try (Evaluation forward = Evaluation.of(network);
                StateDict state = Formula.state(forward.layout(), type);
                Scope scope = Scope.open()) {
            Tensor output = forward.run(scope, state, Formula.images(scope, 4, type)).output();
            double[] values = type == ElementType.FLOAT64 ? output.doubles() : widened(output.floats());
            JsonNode expected = REFERENCE.path(name).path("evaluation").path("output");
            assertEquals(expected.size(), values.length);
            double scale = 0;
            double error = 0;
            for (int i = 0; i < values.length; i++) {
                scale = Math.max(scale, Math.abs(expected.get(i).doubleValue()));
                error = Math.max(error, Math.abs(expected.get(i).doubleValue() - values[i]));
            }
            assertTrue(error <= (type == ElementType.FLOAT64 ? 1e-12 : 1e-5) * scale, error + " of " + scale);
        }
    }

    /** Relative to the tensor's norm: its norm, a projection, and its first values. */
    private static void agrees(String name, JsonNode expected, double[] values, double tolerance) {
        double[] probe = Formula.noise("probe " + name, values.length);
        double squares = 0;
        double projection = 0;
        for (int i = 0; i < values.length; i++) {
            squares += values[i] * values[i];
            projection += values[i] * probe[i];
        }
        double bound = tolerance * (1e-6 + expected.path("norm").doubleValue());
        assertEquals(expected.path("norm").doubleValue(), Math.sqrt(squares), bound, name);
        assertEquals(expected.path("probe").doubleValue(), projection, bound * 10, name);
        for (int i = 0; i < expected.path("head").size(); i++) {
            assertEquals(expected.path("head").get(i).doubleValue(), values[i], bound, name + " " + i);
        }
    }

    private static TrainingStep step(Network encoder, Optimizer optimizer) {
        return TrainingStep.of(new JointEmbedding(projected(encoder), new SimClr(0.5)), optimizer, false);
    }

    private static Batch batch(Scope scope) {
        return Batch.of(Formula.images(scope, 12, ElementType.FLOAT64), new int[] {0, 1, 2, 3, 4, 5});
    }

    private static TrainingState state(TrainingStep step, Network encoder, Optimizer optimizer) {
        StateDict model = Formula.state(StateLayout.of(projected(encoder)), ElementType.FLOAT64);
        StateDict remembered = new StateDict();
        try (TrainingState initial = step.initialState(0);
                Scope scope = Scope.open()) {
            initial.optimizer().tensors().forEach((name, zero) -> remembered.put(name,
                    name.startsWith("step.") ? zero.copyTo(scope) : scope.zeros(ElementType.FLOAT64, zero.shape())));
        }
        return new TrainingState(0, model, remembered, null);
    }

    private static ProjectedEncoder projected(Network encoder) {
        return new ProjectedEncoder(encoder, Projector.of(32, 16));
    }

    private static double[] widened(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    private static JsonNode reference() {
        try (InputStream in = NetworkOracleTest.class.getResourceAsStream("/oracle/networks.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
