package dev.engram.encoders.eval;

import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;

/**
 * How many directions features really use: exp of the entropy of their singular values, {@code p_k = σ_k / ‖σ‖₁ + 1e-7}. Between 1
 * (all features on one line) and min(N, D).
 *
 * <p>Q. Garrido, R. Balestriero, L. Najman, Y. LeCun, "RankMe: Assessing the Downstream Performance of Pretrained Self-Supervised
 * Representations by Their Rank", ICML 2023, <a href="https://arxiv.org/abs/2210.02885">arXiv 2210.02885</a>, equation 1. The features
 * are taken as they are, neither centered nor normalized. With fewer than a few times D images it is a lower bound. Cost: one singular
 * value decomposition in double, about 4·N·D·min(N, D) operations.
 */
public final class RankMe implements AutoCloseable {
    private static final double EPSILON = 1e-7;
    private static final String TEXT = """
            def forward(self, x: Tensor) -> Tensor:
              return torch.linalg_svdvals(torch.to(x, 7))
            """;

    private final TorchProgram program = TorchProgram.compile(TEXT);

    /** The effective rank of features; NaN if a value is not finite, 0 if all are 0 or there are none. */
    public double of(FeatureMatrix features) {
        if (features.firstNotFinite() >= 0) {
            return Double.NaN;
        }
        if (features.rows() == 0) {
            return 0;
        }
        try (Scope scope = Scope.open()) {
            Tensor x = scope.map(
                    features.bytes(0, features.rows()), ElementType.FLOAT32, features.rows(), features.dimension());
            return of(program.run(scope, x).tensor().doubles());
        }
    }

    /** By singular values, none negative. */
    static double of(double[] singularValues) {
        double sum = 0;
        for (double value : singularValues) {
            sum += value;
        }
        if (sum == 0) {
            return 0;
        }
        double entropy = 0;
        for (double value : singularValues) {
            double share = value / sum + EPSILON;
            entropy -= share * Math.log(share);
        }
        return Math.exp(entropy);
    }

    @Override
    public void close() {
        program.close();
    }
}
