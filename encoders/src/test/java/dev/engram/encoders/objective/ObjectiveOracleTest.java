package dev.engram.encoders.objective;

import static dev.engram.encoders.objective.Waves.D;
import static dev.engram.encoders.objective.Waves.N;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values and gradients of every objective against PyTorch, in double and in float: src/test/oracle/objectives.py. */
class ObjectiveOracleTest {
    private static final JsonNode REFERENCE = reference();
    private static final Shaped LABELS = new Shaped(new double[] {0, 2, 2, 1}, N);

    /** Values in a shape; labels are told by their shape of one dimension. */
    record Shaped(double[] values, long... shape) {}

    /** A loss, the tensors it is differentiated by, and its constants. */
    record Case(String name, ObjectiveGradient.Definition loss, List<Shaped> leaves, List<Shaped> constants) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        Shaped z1 = new Shaped(Waves.z1(), N, D);
        Shaped z2 = new Shaped(Waves.z2(), N, D);
        Shaped t1 = new Shaped(Waves.t1(), N, D);
        Shaped t2 = new Shaped(Waves.t2(), N, D);
        Shaped difference = new Shaped(
                IntStream.range(0, N * D).mapToDouble(i -> z1.values()[i] - z2.values()[i]).toArray(), N, D);
        Shaped prototypes = new Shaped(Waves.prototypes(), 5, D);
        return Stream.of(
                new Case("supervised", (text, x) -> new CrossEntropy(0).loss(text, x.get(0), x.get(1)),
                        List.of(z1), List.of(LABELS)),
                new Case("supervised_smoothed", (text, x) -> new CrossEntropy(0.1).loss(text, x.get(0), x.get(1)),
                        List.of(z1), List.of(LABELS)),
                pair(new VicReg(25, 25, 1), z1, z2),
                pair(new BarlowTwins(0.0051), z1, z2),
                new Case("byol", (text, x) -> new Byol().loss(text, x.get(0), x.get(1), x.get(2), x.get(3)),
                        List.of(z1, z2), List.of(t1, t2)),
                new Case("simsiam", (text, x) -> new SimSiam().loss(text, x.get(0), x.get(1), x.get(2), x.get(3)),
                        List.of(z1, z2), List.of(t1, t2)),
                new Case("dino", (text, x) -> new Dino(0.1, 0.9)
                        .loss(text, x.subList(0, 3), x.subList(3, 5), x.get(5), "0.05"),
                        List.of(z1, z2, difference), List.of(t1, t2, new Shaped(new double[] {0.1, -0.05, 0.02}, 1, 3))),
                new Case("mae", (text, x) -> new Mae(true).loss(text, x.get(0), x.get(1), x.get(2)),
                        List.of(new Shaped(Waves.wave(Math::cos, 6, 5, 0.2, -0.3, 0.7), 2, 3, 5)),
                        List.of(new Shaped(Waves.wave(Math::sin, 6, 5, 0.9, 0.4, 0.3), 2, 3, 5),
                                new Shaped(new double[] {0, 0, 1, 1, 1, 0}, 2, 3))),
                new Case("msn", msn(0, false), List.of(z1, prototypes), List.of(z2)),
                new Case("msn_sinkhorn", msn(0, true), List.of(z1, prototypes), List.of(z2)),
                new Case("pmsn", msn(0.25, false), List.of(z1, prototypes), List.of(z2)),
                new Case("supcon", (text, x) -> new SupCon(0.1).loss(text, x.get(0), x.get(1), x.get(2)),
                        List.of(z1, z2), List.of(LABELS)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesInDouble(Case tested) {
        agrees(tested, ElementType.FLOAT64, 1e-9);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesInFloat(Case tested) {
        agrees(tested, ElementType.FLOAT32, 1e-4);
    }

    private static void agrees(Case tested, ElementType type, double tolerance) {
        JsonNode expected = REFERENCE.path(tested.name());
        try (ObjectiveGradient gradient = new ObjectiveGradient(tested.leaves().size(), tested.loss());
                Scope scope = Scope.open()) {
            Tensor[] tensors = Stream.concat(tested.leaves().stream(), tested.constants().stream())
                    .map(shaped -> tensor(scope, type, shaped)).toArray(Tensor[]::new);
            ObjectiveGradient.Value value = gradient.at(scope, tensors);
            near(expected.path("loss").doubleValue(), value.loss().item(), tolerance, "loss");
            for (int i = 0; i < tested.leaves().size(); i++) {
                double[] found = Waves.values(value.gradients().get(i));
                assertEquals(expected.path("gradients").get(i).size(), found.length);
                for (int j = 0; j < found.length; j++) {
                    near(expected.path("gradients").get(i).get(j).doubleValue(), found[j], tolerance,
                            "gradient %d, element %d".formatted(i, j));
                }
            }
        }
    }

    /** Absolute below 1, relative above. */
    private static void near(double expected, double found, double tolerance, String what) {
        assertEquals(expected, found, tolerance * Math.max(1, Math.abs(expected)), what);
    }

    private static Case pair(Objective objective, Shaped z1, Shaped z2) {
        return new Case(objective.name(), (text, x) -> objective.loss(text, x.get(0), x.get(1)), List.of(z1, z2), List.of());
    }

    private static ObjectiveGradient.Definition msn(double exponent, boolean sinkhorn) {
        return (text, x) -> new Msn(0.1, 0.25, 0.7, 0.3, exponent, sinkhorn).loss(
                text, Waves.cosines(text, x.get(0), x.get(1)), 1, Waves.cosines(text, x.get(2), x.get(1)));
    }

    private static Tensor tensor(Scope scope, ElementType type, Shaped shaped) {
        return shaped.shape().length == 1
                ? scope.longs(Arrays.stream(shaped.values()).mapToLong(value -> (long) value).toArray(), shaped.shape())
                : Waves.tensor(scope, type, shaped.values(), shaped.shape());
    }

    private static JsonNode reference() {
        try (InputStream in = ObjectiveOracleTest.class.getResourceAsStream("/oracle/objectives.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
