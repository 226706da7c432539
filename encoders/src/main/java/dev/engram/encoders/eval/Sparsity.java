package dev.engram.encoders.eval;

/**
 * How few features an image uses: wide last blocks leave most of them at 0 (F. Bordes, S. Lavoie, R. Balestriero, N. Ballas, P. Vincent, "A surprisingly
 * simple technique to control the pretraining biases for better transfer: Expand or Narrow your representation", 2023,
 * <a href="https://arxiv.org/abs/2304.05369">arXiv 2304.05369</a>).
 *
 * @param active mean over images of the share of features above 0, in [0, 1]
 * @param halfZero share of images with at least half of their features at 0 or below, in [0, 1]
 */
public record Sparsity(double active, double halfZero) {

    /** Of every row; NaN if there is none. */
    public static Sparsity of(FeatureMatrix features) {
        long active = 0;
        int halfZero = 0;
        float[] row = new float[features.dimension()];
        for (int i = 0; i < features.rows(); i++) {
            features.row(i, row);
            int above = 0;
            for (float value : row) {
                above += value > 0 ? 1 : 0;
            }
            active += above;
            halfZero += 2 * above <= row.length ? 1 : 0;
        }
        return new Sparsity(
                (double) active / ((long) features.rows() * features.dimension()), (double) halfZero / features.rows());
    }

    /** 1 where a feature is above 0, else 0: what is left of it when only whether it is used is kept. */
    public static FeatureMatrix binarized(FeatureMatrix features) {
        FeatureMatrix binary = FeatureMatrix.zeros(features.rows(), features.dimension());
        float[] row = new float[features.dimension()];
        for (int i = 0; i < features.rows(); i++) {
            features.row(i, row);
            for (int j = 0; j < row.length; j++) {
                row[j] = row[j] > 0 ? 1 : 0;
            }
            binary.put(i, row);
        }
        return binary;
    }
}
