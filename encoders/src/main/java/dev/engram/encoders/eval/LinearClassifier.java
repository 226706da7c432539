package dev.engram.encoders.eval;

import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.TorchProgram;
import java.util.Arrays;

/** A fitted linear probe on the heap: standardizes features with its training's moments and names the class with the largest score. Immutable. */
public final class LinearClassifier {
    private static final String TEXT = """
            def forward(self, features: Tensor, mean: Tensor, deviation: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
              x = torch.div(torch.sub(torch.to(features, 7), mean), deviation)
              return torch.argmax(torch.add(torch.matmul(x, weight), bias), 1)
            """;

    private final double[] mean;
    private final double[] deviation;
    private final double[] weight;
    private final double[] bias;

    /**
     * @param mean [D] of the training features
     * @param deviation [D], positive
     * @param weight [D, C]
     * @param bias [C]
     */
    LinearClassifier(double[] mean, double[] deviation, double[] weight, double[] bias) {
        this.mean = mean;
        this.deviation = deviation;
        this.weight = weight;
        this.bias = bias;
    }

    /**
     * Names the classes of features.
     *
     * @param features finite, as long as those it was fitted to, at least one
     */
    public ProbeAccuracy score(FeatureMatrix features, int[] labels) {
        KnnProbe.check("labels", features, labels);
        int[] named = classes(features);
        int correct = 0;
        for (int i = 0; i < named.length; i++) {
            correct += named[i] == labels[i] ? 1 : 0;
        }
        return new ProbeAccuracy(correct, named.length);
    }

    /** The class of each row of such features. */
    public int[] classes(FeatureMatrix features) {
        if (features.dimension() != mean.length) {
            throw new IllegalArgumentException(
                    "features: have dimension %d, those of the probe %d".formatted(features.dimension(), mean.length));
        }
        if (features.firstNotFinite() >= 0) {
            throw new IllegalArgumentException("features: row " + features.firstNotFinite() + " holds a NaN or an infinity");
        }
        try (TorchProgram program = TorchProgram.compile(TEXT);
                Scope scope = Scope.open()) {
            long[] named = program.run(
                            scope,
                            scope.map(features.bytes(0, features.rows()), ElementType.FLOAT32, features.rows(), mean.length),
                            scope.doubles(mean, 1, mean.length),
                            scope.doubles(deviation, 1, mean.length),
                            scope.doubles(weight, mean.length, bias.length),
                            scope.doubles(bias, bias.length))
                    .tensor()
                    .longs();
            return Arrays.stream(named).mapToInt(Math::toIntExact).toArray();
        }
    }
}
