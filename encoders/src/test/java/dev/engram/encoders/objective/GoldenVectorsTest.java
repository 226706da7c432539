package dev.engram.encoders.objective;

import static dev.engram.encoders.objective.Waves.D;
import static dev.engram.encoders.objective.Waves.N;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Values that the authors' own code gives (VICReg, Barlow Twins, BYOL and DINO of facebookresearch/DejaVu at 187b5f4, MSN of
 * facebookresearch/msn at 4388dc1, all run in double on one process), and what must hold of every objective in closed form.
 */
class GoldenVectorsTest {
    private static final double[] NO_CENTER = new double[D];

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void vicReg(ElementType type) {
        Found value = at(type, 2, pair(new VicReg(25, 25, 1)), Waves.z1(), Waves.z2());
        double tolerance = tolerance(type);
        assertEquals(21.718149365512, value.loss(), tolerance);
        assertEquals(4.995424527408, value.terms().get("invariance"), tolerance);
        assertEquals(16.686519232100, value.terms().get("variance"), tolerance);
        assertEquals(0.036205606005, value.terms().get("covariance"), tolerance);
        assertArrayEquals(
                new double[] {-1.771982048122, -0.851644075092, -0.935938564641}, Arrays.copyOf(value.gradients().getFirst(), D), tolerance);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void barlowTwins(ElementType type) {
        Found value = at(type, 2, pair(new BarlowTwins(0.0051)), Waves.z1(), Waves.z2());
        assertEquals(3.797644452381, value.loss(), tolerance(type));
        assertEquals(
                value.loss(), value.terms().get("invariance") + value.terms().get("redundancy"), tolerance(type));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void byol(ElementType type) {
        Found value = at(type, 2,
                (text, x) -> new Byol().loss(text, x.get(0), x.get(1), x.get(2), x.get(3)),
                Waves.z1(), Waves.z2(), Waves.t1(), Waves.t2());
        assertEquals(0.095358797973, value.loss(), tolerance(type));
    }

    /** BYOL's loss is an affine function of SimSiam's: 4 + 4·L. */
    @Test
    void simSiamIsByolScaled() {
        Found value = at(ElementType.FLOAT64, 2,
                (text, x) -> new SimSiam().loss(text, x.get(0), x.get(1), x.get(2), x.get(3)),
                Waves.z1(), Waves.z2(), Waves.t1(), Waves.t2());
        assertEquals((0.095358797973 - 4) / 4, value.loss(), 1e-9);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void dinoAndItsCenter(ElementType type) {
        try (Scope scope = Scope.open();
                TorchProgram step = dinoStep()) {
            Tensor center = Waves.tensor(scope, type, NO_CENTER, D);
            List<Tensor> views = List.of(
                    Waves.tensor(scope, type, Waves.z1(), N, D), Waves.tensor(scope, type, Waves.z2(), N, D),
                    Waves.tensor(scope, type, Waves.t1(), N, D), Waves.tensor(scope, type, Waves.t2(), N, D), center);
            assertEquals(0.559901118860, step.run(scope, views, 0.04).tensor().item(), tolerance(type));
            assertArrayEquals(
                    new double[] {.036042063, .041074040, .042858118}, Waves.values(center), Math.max(1e-9, tolerance(type)));
            assertEquals(0.740551605572, step.run(scope, views, 0.07).tensor().item(), tolerance(type));
            assertArrayEquals(
                    new double[] {.068479920, .078040676, .081430425}, Waves.values(center), Math.max(1e-9, tolerance(type)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void msn(ElementType type) {
        Map<String, Double> terms = msn(type, new Msn(0.1, 0.25, 1, 0, 0, false), 1).terms();
        assertEquals(1.0015238441, terms.get("consistency"), tolerance(type));
        assertEquals(0.9437415911, terms.get("prior"), tolerance(type));
        assertEquals(0.3640092690, terms.get("entropy"), tolerance(type));
        Map<String, Double> balanced = msn(type, new Msn(0.1, 0.25, 1, 0, 0, true), 1).terms();
        assertEquals(10.8983827457, balanced.get("consistency"), 10 * tolerance(type));
        assertEquals(0.9437415911, balanced.get("prior"), tolerance(type));
    }

    /** KL(p̄ ‖ π), not KL(π ‖ p̄), which would be 6.261453. */
    @Test
    void pmsnTakesTheDivergenceFromThePrior() {
        Map<String, Double> terms = msn(ElementType.FLOAT64, new Msn(0.1, 0.25, 1, 0, 0.25, false), 1).terms();
        assertEquals(0.780928, terms.get("prior"), 5e-7);
    }

    @Test
    void msnComparesEveryAnchorWithTheTargetOfItsImage() {
        double once = msn(ElementType.FLOAT64, new Msn(0.1, 0.25, 1, 0.2, 0, false), 1).loss();
        double thrice = msn(ElementType.FLOAT64, new Msn(0.1, 0.25, 1, 0.2, 0, false), 3).loss();
        assertEquals(once, thrice, 1e-12);
    }

    @Test
    void supConOfSingleClassesIsNtXent() {
        try (Scope scope = Scope.open();
                ObjectiveGradient gradient = new ObjectiveGradient(
                        2, (text, x) -> new SupCon(0.15).loss(text, x.get(0), x.get(1), x.get(2)))) {
            double loss = gradient.at(scope, scope.doubles(Waves.z1(), N, D), scope.doubles(Waves.z2(), N, D),
                    scope.longs(new long[] {3, 1, 0, 2}, N)).loss().item();
            assertEquals(2.470074996551, loss, 1e-9);
        }
    }

    @Test
    void perfectPredictionsCostNothing() {
        double[] z = Waves.z1();
        assertEquals(0, at(ElementType.FLOAT64, 2,
                (text, x) -> new Byol().loss(text, x.get(0), x.get(1), x.get(1), x.get(0)), z, z).loss(), 1e-12);
        assertEquals(-1, at(ElementType.FLOAT64, 2,
                (text, x) -> new SimSiam().loss(text, x.get(0), x.get(1), x.get(1), x.get(0)), z, z).loss(), 1e-12);
    }

    @Test
    void aCollapsedBatchIsSeen() {
        double[] point = new double[N * D];
        Arrays.fill(point, 0.3);
        assertEquals(0, spread(point), 1e-12);
        double[] axes = {1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0};
        assertEquals(Math.sqrt(3) * (2 * Math.sqrt(0.5)) / 3, spread(axes), 1e-12);
        assertEquals(25, at(ElementType.FLOAT64, 2, pair(new VicReg(25, 25, 1)), point, point).terms().get("variance"), 0.26);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertEquals("label smoothing must be in [0, 1), is 1.0",
                assertThrows(IllegalArgumentException.class, () -> new CrossEntropy(1)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> new VicReg(-1, 25, 1));
        assertThrows(IllegalArgumentException.class, () -> new BarlowTwins(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Dino(0, 0.9));
        assertThrows(IllegalArgumentException.class, () -> new SupCon(0));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new Msn(0.1, 0.25, 1, 0, 0.25, true))
                .getMessage().startsWith("sinkhorn"));
    }

    private static double spread(double[] z) {
        return at(ElementType.FLOAT64, 1,
                (text, x) -> Loss.of(text.let("torch.sum(%s)", x.get(0))).with(Spread.NAME, Spread.of(text, x.get(0))), z)
                .terms().get(Spread.NAME);
    }

    private static TorchProgram dinoStep() {
        Dino dino = new Dino(0.1, 0.9);
        ProgramText text = new ProgramText();
        Loss loss = dino.loss(text, List.of("x[0]", "x[1]"), List.of("x[2]", "x[3]"), "x[4]", "t");
        dino.update(text, List.of("x[2]", "x[3]"), "x[4]");
        return TorchProgram.compile(text.forward("x: List[Tensor], t: float", "Tensor", loss.value()));
    }

    private record Found(double loss, List<double[]> gradients, Map<String, Double> terms) {}

    /** Everything is {@code [N, D]}. */
    private static Found at(ElementType type, int leaves, ObjectiveGradient.Definition loss, double[]... values) {
        try (Scope scope = Scope.open();
                ObjectiveGradient gradient = new ObjectiveGradient(leaves, loss)) {
            return found(gradient.at(scope, Arrays.stream(values)
                    .map(value -> Waves.tensor(scope, type, value, N, D)).toArray(Tensor[]::new)));
        }
    }

    private static Found msn(ElementType type, Msn objective, int views) {
        try (Scope scope = Scope.open();
                ObjectiveGradient gradient = new ObjectiveGradient(1, (text, x) -> objective.loss(
                        text, "torch.repeat(%s, [%d, 1])".formatted(Waves.cosines(text, x.get(0), x.get(2)), views), views,
                        Waves.cosines(text, x.get(1), x.get(2))))) {
            return found(gradient.at(scope, Waves.tensor(scope, type, Waves.z1(), N, D),
                    Waves.tensor(scope, type, Waves.z2(), N, D), Waves.tensor(scope, type, Waves.prototypes(), 5, D)));
        }
    }

    private static Found found(ObjectiveGradient.Value value) {
        return new Found(
                value.loss().item(), value.gradients().stream().map(Waves::values).toList(), value.terms());
    }

    private static double tolerance(ElementType type) {
        return type == ElementType.FLOAT64 ? 1e-9 : 1e-4;
    }

    private static ObjectiveGradient.Definition pair(Objective objective) {
        return (text, x) -> objective.loss(text, x.get(0), x.get(1));
    }
}
