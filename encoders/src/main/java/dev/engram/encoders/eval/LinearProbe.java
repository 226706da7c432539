package dev.engram.encoders.eval;

import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.ProgramResult;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * The linear probe: multinomial logistic regression on frozen features, mean cross-entropy + ½·penalty·|W|² (the bias is not
 * penalized), minimized by full-batch L-BFGS in double precision. The problem is convex, so the answer depends on no seed,
 * order, batch size or step size.
 *
 * <p>Features are standardized with the training moments first (a constant feature is only centred), so that one penalty suits
 * every layer. The weights are then sought in a basis in which the objective curves alike in every direction: that of Böhning's
 * bound of the Hessian, ½XᵀX/n + penalty (D. Böhning, "Multinomial logistic regression algorithm", 1992). It changes nothing but the
 * number of steps, which correlated features would drive into the thousands. Cost: one product XᵀX, then a few dozen passes of two
 * products with the class weights; 16·rows·columns bytes.
 */
public final class LinearProbe {
    /** Penalty that suits some thousand standardized features and examples. */
    public static final double DEFAULT_PENALTY = 1e-2;

    /** Keeps the basis finite where features are constant and nothing is penalized; changes no minimum. */
    private static final double SMALLEST_RIDGE = 1e-6;

    private static final String TEXT = """
            def standardize(self, features: Tensor, mean: Tensor, deviation: Tensor) -> Tensor:
              return torch.div(torch.sub(torch.to(features, 7), mean), deviation)

            def moments(self, features: Tensor) -> Tuple[Tensor, Tensor]:
              x = torch.to(features, 7)
              mean = torch.mean(x, [0], True)
              centred = torch.sub(x, mean)
              deviation = torch.sqrt(torch.mean(torch.mul(centred, centred), [0], True))
              return (mean, torch.masked_fill(deviation, torch.le(deviation, 1e-12), 1.))

            def basis(self, x: Tensor, ridge: float) -> Tensor:
              n = torch.size(x, 0)
              identity = torch.eye(torch.size(x, 1), dtype=7, device=x.device)
              curvature = torch.div(torch.matmul(torch.transpose(x, 0, 1), x), torch.mul(2, n))
              lower = torch.linalg_cholesky(torch.add(curvature, identity, alpha=ridge))
              return torch.linalg_solve_triangular(torch.transpose(lower, 0, 1), identity, upper=True)

            def metric(self, basis: Tensor) -> Tensor:
              return torch.matmul(torch.transpose(basis, 0, 1), basis)

            def rebase(self, x: Tensor, basis: Tensor) -> Tensor:
              return torch.matmul(x, basis)

            def forward(self, x: Tensor, labels: Tensor, metric: Tensor, weight: Tensor, bias: Tensor, penalty: float) -> Tuple[Tensor, Tensor, Tensor]:
              n = torch.size(x, 0)
              log = torch.log_softmax(torch.add(torch.matmul(x, weight), bias), 1, None)
              picked = torch.gather(log, 1, torch.unsqueeze(labels, 1))
              shrink = torch.mul(torch.matmul(metric, weight), penalty)
              loss = torch.add(torch.neg(torch.mean(picked)), torch.mul(torch.sum(torch.mul(weight, shrink)), 0.5))
              error = torch.exp(log)
              _0 = torch.scatter_add_(error, 1, torch.unsqueeze(labels, 1), torch.neg(torch.ones_like(picked)))
              share = torch.div(error, n)
              weightGradient = torch.add(torch.matmul(torch.transpose(x, 0, 1), share), shrink)
              return (loss, weightGradient, torch.sum(share, [0]))

            def posterior(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
              return torch.softmax(torch.add(torch.matmul(x, weight), bias), 1, None)

            def classify(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
              return torch.argmax(torch.add(torch.matmul(x, weight), bias), 1)
            """;

    private final TorchProgram program;
    private final Scope scope;
    private final int columns;
    private final int classes;
    private final double penalty;
    private final Tensor mean;
    private final Tensor deviation;
    private final Tensor basis;
    private final Tensor metric;
    private final Tensor training;
    private final Tensor labels;

    private LinearProbe(
            TorchProgram program, Scope scope, FeatureMatrix features, int[] labels, int classes, double penalty) {
        this.program = program;
        this.scope = scope;
        this.columns = features.dimension();
        this.classes = classes;
        this.penalty = penalty;
        Tensor raw = tensor(features);
        ProgramResult moments = program.runMethod("moments", scope, raw);
        this.mean = moments.tensor(0);
        this.deviation = moments.tensor(1);
        Tensor standard = program.runMethod("standardize", scope, raw, mean, deviation).tensor();
        this.basis = program.runMethod("basis", scope, standard, penalty + SMALLEST_RIDGE).tensor();
        this.metric = program.runMethod("metric", scope, basis).tensor();
        this.training = program.runMethod("rebase", scope, standard, basis).tensor();
        standard.close();
        this.labels = scope.longs(Arrays.stream(labels).asLongStream().toArray(), labels.length);
    }

    /**
     * What a probe found.
     *
     * @param training accuracy on the examples it was fitted to
     * @param heldOut accuracy on the others
     * @param loss objective at the minimum
     * @param iterations of L-BFGS
     */
    public record Result(ProbeAccuracy training, ProbeAccuracy heldOut, double loss, int iterations) {}

    /** Examples that a probe is scored on, with their labels. */
    public record HeldOut(FeatureMatrix features, int[] labels) {}

    /**
     * What a probe found on several sets of held-out examples.
     *
     * @param heldOut accuracy on each, in order
     */
    public record Scores(ProbeAccuracy training, List<ProbeAccuracy> heldOut, double loss, int iterations) {}

    /**
     * A probe and what it found.
     *
     * @param classifier the probe itself, for further images
     */
    public record Fitted(Scores scores, LinearClassifier classifier) {}

    /** {@link #fit(FeatureMatrix, int[], FeatureMatrix, int[], double, IntConsumer)} that tells nobody how far it is. */
    public static Result fit(
            FeatureMatrix features, int[] labels, FeatureMatrix heldOut, int[] heldOutLabels, double penalty) {
        return fit(features, labels, heldOut, heldOutLabels, penalty, iterations -> {});
    }

    /**
     * Fits the probe and scores it.
     *
     * @param features of the training examples, at least one, with their {@code labels}
     * @param penalty not negative
     * @param progress hears the iterations done, from this thread; may throw to end the fit
     */
    public static Result fit(
            FeatureMatrix features,
            int[] labels,
            FeatureMatrix heldOut,
            int[] heldOutLabels,
            double penalty,
            IntConsumer progress) {
        Scores scores = fit(features, labels, List.of(new HeldOut(heldOut, heldOutLabels)), penalty, progress);
        return new Result(scores.training(), scores.heldOut().getFirst(), scores.loss(), scores.iterations());
    }

    /** The same, scored on several sets of examples. Of which classes these are changes no weight of the others. */
    public static Scores fit(FeatureMatrix features, int[] labels, List<HeldOut> heldOut, double penalty, IntConsumer progress) {
        return fitted(features, labels, heldOut, penalty, progress).scores();
    }

    /** The same, and the probe itself. */
    public static Fitted fitted(FeatureMatrix features, int[] labels, List<HeldOut> heldOut, double penalty, IntConsumer progress) {
        KnnProbe.check("labels", features, labels);
        requireFinite("features", features);
        for (HeldOut examples : heldOut) {
            KnnProbe.check("held-out labels", examples.features(), examples.labels());
            requireFinite("held-out features", examples.features());
            if (features.dimension() != examples.features().dimension()) {
                throw new IllegalArgumentException("held-out features: have dimension %d, the training features %d"
                        .formatted(examples.features().dimension(), features.dimension()));
            }
        }
        if (features.rows() == 0 || !(penalty >= 0)) {
            throw new IllegalArgumentException("probe: needs examples and a penalty >= 0, has %d and %s"
                    .formatted(features.rows(), penalty));
        }
        int classes = Stream.concat(Stream.of(labels), heldOut.stream().map(HeldOut::labels)).flatMapToInt(Arrays::stream).max().orElse(0) + 1;
        try (TorchProgram program = TorchProgram.compile(TEXT);
                Scope scope = Scope.open()) {
            LinearProbe probe = new LinearProbe(program, scope, features, labels, classes, penalty);
            Lbfgs.Minimum minimum =
                    Lbfgs.minimize(probe::objective, new double[(features.dimension() + 1) * classes], progress);
            Scores scores = new Scores(
                    probe.score(minimum.point(), probe.training, labels),
                    heldOut.stream()
                            .map(examples -> probe.score(minimum.point(), probe.rebased(examples.features()), examples.labels()))
                            .toList(),
                    minimum.value(),
                    minimum.iterations());
            return new Fitted(scores, probe.classifier(minimum.point()));
        }
    }

    /** The weights in terms of standardized features, out of the basis they were sought in. */
    private LinearClassifier classifier(double[] point) {
        try (Scope step = Scope.open()) {
            double[] weight = program.runMethod("rebase", step, basis, weight(step, point)).tensor().doubles();
            double[] bias = Arrays.copyOfRange(point, columns * classes, point.length);
            return new LinearClassifier(mean.doubles(), deviation.doubles(), weight, bias);
        }
    }

    /**
     * Fits the probe and says what it takes each held-out example for.
     *
     * @param classes labels are 0 to {@code classes} - 1; at least 1
     * @return [held-out examples][classes], each row sums to 1
     */
    public static double[][] posteriors(
            FeatureMatrix features,
            int[] labels,
            FeatureMatrix heldOut,
            int classes,
            double penalty,
            IntConsumer progress) {
        KnnProbe.check("labels", features, labels);
        requireFinite("features", features);
        requireFinite("held-out features", heldOut);
        try (TorchProgram program = TorchProgram.compile(TEXT);
                Scope scope = Scope.open()) {
            LinearProbe probe = new LinearProbe(program, scope, features, labels, classes, penalty);
            double[] point = Lbfgs.minimize(probe::objective, new double[(features.dimension() + 1) * classes], progress)
                    .point();
            double[] all = heldOut.rows() == 0
                    ? new double[0]
                    : program.runMethod(
                                    "posterior",
                                    scope,
                                    probe.rebased(heldOut),
                                    probe.weight(scope, point),
                                    probe.bias(scope, point))
                            .tensor()
                            .doubles();
            double[][] rows = new double[heldOut.rows()][];
            for (int row = 0; row < rows.length; row++) {
                rows[row] = Arrays.copyOfRange(all, row * classes, (row + 1) * classes);
            }
            return rows;
        }
    }

    private double objective(double[] point, double[] gradient) {
        try (Scope step = Scope.open()) {
            ProgramResult result =
                    program.run(step, training, labels, metric, weight(step, point), bias(step, point), penalty);
            double[] weightGradient = result.tensor(1).doubles();
            double[] biasGradient = result.tensor(2).doubles();
            System.arraycopy(weightGradient, 0, gradient, 0, weightGradient.length);
            System.arraycopy(biasGradient, 0, gradient, weightGradient.length, biasGradient.length);
            return result.tensor(0).item();
        }
    }

    private Tensor rebased(FeatureMatrix features) {
        if (features.rows() == 0) {
            return scope.zeros(ElementType.FLOAT64, 0, columns);
        }
        Tensor standard = program.runMethod("standardize", scope, tensor(features), mean, deviation).tensor();
        return program.runMethod("rebase", scope, standard, basis).tensor();
    }

    private ProbeAccuracy score(double[] point, Tensor x, int[] truth) {
        try (Scope step = Scope.open()) {
            long[] named = program.runMethod("classify", step, x, weight(step, point), bias(step, point))
                    .tensor()
                    .longs();
            int correct = 0;
            for (int i = 0; i < truth.length; i++) {
                if (named[i] == truth[i]) {
                    correct++;
                }
            }
            return new ProbeAccuracy(correct, truth.length);
        }
    }

    private Tensor tensor(FeatureMatrix features) {
        return scope.map(
                features.bytes(0, features.rows()), ElementType.FLOAT32, features.rows(), features.dimension());
    }

    private static void requireFinite(String what, FeatureMatrix features) {
        if (features.firstNotFinite() >= 0) {
            throw new IllegalArgumentException(what + ": row " + features.firstNotFinite() + " holds a NaN or an infinity");
        }
    }

    private Tensor weight(Scope step, double[] point) {
        return step.doubles(Arrays.copyOf(point, columns * classes), columns, classes);
    }

    private Tensor bias(Scope step, double[] point) {
        return step.doubles(Arrays.copyOfRange(point, columns * classes, point.length), classes);
    }
}
