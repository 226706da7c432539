package dev.engram.encoders.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.method.MethodSetting;
import dev.engram.encoders.method.MethodSetting.ViewGroupSize;
import dev.engram.encoders.method.Methods;
import dev.engram.encoders.method.Part;
import dev.engram.encoders.method.TrainingMethod;
import dev.engram.encoders.method.ViewNeeds;
import dev.engram.encoders.network.Formula;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.StateSpec;
import dev.engram.encoders.optim.Sgd;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Four steps of every method end where those of plain PyTorch end: src/test/oracle/methods.py. In double, SGD with momentum. */
class MethodOracleTest {
    private static final JsonNode REFERENCE = reference();
    private static final int N = 6;
    private static final double[] RATES = {0.01, 0.02, 0.01, 0.005};
    private static final double[] MOMENTA = {0.9, 0.8, 0.95, 0.99};
    private static final double[] TEMPERATURES = {0.04, 0.05, 0.06, 0.07};
    private static final double TOLERANCE = 1e-6;
    private static final Network TRANSFORMER =
            Networks.encoder("vit_tiny", 3, 16, Map.of("width", "16", "depth", "2", "heads", "2", "patch", "4"));
    private static final Network DEEPER =
            Networks.encoder("vit_tiny", 3, 16, Map.of("width", "16", "depth", "3", "heads", "2", "patch", "4"));

    /** How a method of the oracle is made. */
    record Recipe(
            String name, String method, Network encoder, List<Integer> projector, Map<String, Double> options, List<ViewGroupSize> views) {
        Recipe(String name, Network encoder, List<Integer> projector, Map<String, Double> options, List<ViewGroupSize> views) {
            this(name, name, encoder, projector, options, views);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Recipe> recipes() {
        List<ViewGroupSize> two = List.of(new ViewGroupSize(2, 8));
        List<ViewGroupSize> anchors = List.of(new ViewGroupSize(3, 16), new ViewGroupSize(2, 8));
        Network tiny = new TinyEncoder();
        return List.of(
                new Recipe("vicreg", tiny, List.of(6, 5), Map.of(), two),
                new Recipe("barlow_twins", tiny, List.of(6, 5), Map.of(), two),
                new Recipe("byol", tiny, List.of(6, 5), Map.of("predictor_hidden", 6.0), two),
                new Recipe("simsiam", tiny, List.of(6, 5), Map.of("predictor_hidden", 3.0), two),
                new Recipe("supervised", tiny, List.of(6, 5), Map.of("label_smoothing", 0.1), List.of(new ViewGroupSize(1, 8))),
                new Recipe("supcon", tiny, List.of(6, 5), Map.of(), two),
                new Recipe("dino", tiny, List.of(6, 6, 5, 7), Map.of(), List.of(two.getFirst(), new ViewGroupSize(3, 4))),
                new Recipe("dino_dropping", "dino", DEEPER, List.of(6, 6, 5, 7), Map.of("drop_path", 0.5),
                        List.of(new ViewGroupSize(2, 16), new ViewGroupSize(3, 8))),
                new Recipe("mae", TRANSFORMER, List.of(),
                        Map.of("decoder_width", 12.0, "decoder_depth", 1.0, "decoder_heads", 2.0),
                        List.of(new ViewGroupSize(1, 16))),
                new Recipe("msn", TRANSFORMER, List.of(8, 6), Map.of("prototypes", 7.0, "patch_drop", 0.4), anchors),
                new Recipe("pmsn", TRANSFORMER, List.of(8, 6), Map.of("prototypes", 7.0, "patch_drop", 0.4), anchors));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void fourStepsEndWhereThoseOfPyTorchEnd(Recipe recipe) {
        TrainingMethod method = Methods.family(recipe.method()).make(
                recipe.options(), new MethodSetting(recipe.encoder(), recipe.projector(), recipe.views(), 3));
        JsonNode expected = REFERENCE.path(recipe.name());
        assertTrue(expected.has("losses"), "the oracle knows " + recipe);
        try (TrainingStep step = TrainingStep.of(method, new Sgd(0.9, 1e-3), false);
                TrainingState state = state(method, step)) {
            for (int i = 0; i < RATES.length; i++) {
                try (Scope scope = Scope.open()) {
                    double loss = step.run(state, batch(scope, method, i), draws(scope, method),
                            step.optimizer().rates(RATES[i]), values(i)).loss();
                    double wanted = expected.path("losses").get(i).doubleValue();
                    assertEquals(wanted, loss, TOLERANCE * Math.abs(wanted), "loss of step " + i);
                }
            }
            agrees(expected.path("state"), state.model());
            assertEquals(expected.has("teacher"), state.average().isPresent());
            state.average().ifPresent(teacher -> agrees(expected.path("teacher"), teacher));
        }
    }

    /** Norm and one random projection of every tensor, relative to its norm. */
    private static void agrees(JsonNode expected, StateDict state) {
        long floats = state.tensors().values().stream().filter(tensor -> tensor.type() == ElementType.FLOAT64).count();
        assertEquals(floats, expected.size(), "tensors");
        for (Map.Entry<String, JsonNode> entry : expected.properties()) {
            double[] values = state.get(entry.getKey()).doubles();
            double[] probe = Formula.noise("probe " + entry.getKey(), values.length);
            double squares = 0;
            double projection = 0;
            for (int i = 0; i < values.length; i++) {
                squares += values[i] * values[i];
                projection += values[i] * probe[i];
            }
            double norm = entry.getValue().path("norm").doubleValue();
            double bound = TOLERANCE * Math.max(norm, 1e-3);
            assertEquals(norm, Math.sqrt(squares), bound, entry.getKey());
            assertEquals(entry.getValue().path("probe").doubleValue(), projection, 10 * bound, entry.getKey());
        }
    }

    private static TrainingState state(TrainingMethod method, TrainingStep step) {
        List<StateSpec> specs = new ArrayList<>();
        method.parts().forEach(part -> specs.addAll(part.state()));
        specs.addAll(method.buffers());
        StateDict model = Formula.state(new StateLayout(specs, List.of()), ElementType.FLOAT64);
        StateDict optimizer = new StateDict();
        try (TrainingState initial = step.initialState(0);
                Scope scope = Scope.open()) {
            initial.optimizer().tensors().forEach(
                    (name, zero) -> optimizer.put(name, scope.zeros(ElementType.FLOAT64, zero.shape())));
        }
        StateDict teacher = method.teacher().isEmpty() ? null : new StateDict();
        for (Part part : method.teacher()) {
            part.state().forEach(spec -> teacher.putCopy(spec.name(), model.get(spec.name())));
        }
        return new TrainingState(0, model, optimizer, teacher);
    }

    private static Batch batch(Scope scope, TrainingMethod method, int step) {
        List<Tensor> groups = new ArrayList<>();
        for (int group = 0; group < method.needs().views().size(); group++) {
            ViewNeeds views = method.needs().views().get(group);
            int rows = views.count() * N;
            double[] pixels = Formula.noise("views %d %d".formatted(step, group), rows * 3 * views.side() * views.side());
            groups.add(scope.doubles(pixels, rows, 3, views.side(), views.side()));
        }
        Tensor labels = scope.longs(new long[] {0, 1, 2, 0, 1, 2}, N);
        return new Batch(groups, Optional.of(labels), new int[] {0, 1, 2, 3, 4, 5});
    }

    /** As {@code shuffle} and {@code chances} of the oracle. */
    private static List<Tensor> draws(Scope scope, TrainingMethod method) {
        List<Tensor> draws = new ArrayList<>();
        for (ViewNeeds views : method.needs().views()) {
            int rows = views.count() * N;
            int tokens = views.maskedTokens();
            if (tokens > 0) {
                long[] values = new long[rows * tokens];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (7L * (i % tokens) + 3 + 5L * (i / tokens)) % tokens;
                }
                draws.add(scope.longs(values, rows, tokens));
            }
            int chances = views.chances();
            if (chances > 0) {
                float[] values = new float[rows * chances];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (11 * (i / chances) + 5 * (i % chances) + 3) % 16 / 16f;
                }
                draws.add(scope.floats(values, rows, chances));
            }
        }
        return draws;
    }

    private static Map<String, Double> values(int step) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(TrainingStep.MOMENTUM, MOMENTA[step]);
        values.put("teacher_temperature", TEMPERATURES[step]);
        values.put("freeze", step == 0 ? 1.0 : 0);
        return values;
    }

    private static JsonNode reference() {
        try (InputStream in = MethodOracleTest.class.getResourceAsStream("/oracle/methods.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
