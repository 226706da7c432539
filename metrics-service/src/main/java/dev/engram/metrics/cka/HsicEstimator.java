package dev.engram.metrics.cka;

/**
 * Estimates of the Hilbert-Schmidt independence criterion from the inner products of n images: of one layer (K) and of another
 * (L). Both are an inner product of matrices that are centered one by one, so each layer is centered once for all its partners.
 */
public enum HsicEstimator {
    /**
     * HSIC₁ of Song, Smola, Gretton, Bedo, Borgwardt, JMLR 2012, eq. 5, in the form of U-centered matrices (Székely, Rizzo 2014): its
     * expectation does not depend on n, so batches of any size average to the same. Needs n ≥ 4.
     */
    UNBIASED(4) {
        @Override
        double centered(double value, double row, double column, double total, int n) {
            return value - row / (n - 2) - column / (n - 2) + total / ((n - 1.0) * (n - 2));
        }

        @Override
        boolean hasDiagonal() {
            return false;
        }

        @Override
        double scale(int n) {
            return 1 / (n * (n - 3.0));
        }
    },
    /** HSIC₀ of Gretton, Bousquet, Smola, Schölkopf 2005: tr(KHLH) / (n − 1)². Needs n ≥ 2. */
    BIASED(2) {
        @Override
        double centered(double value, double row, double column, double total, int n) {
            return value - row / n - column / n + total / ((double) n * n);
        }

        @Override
        boolean hasDiagonal() {
            return true;
        }

        @Override
        double scale(int n) {
            return 1 / ((n - 1.0) * (n - 1.0));
        }
    };

    private final int fewest;

    HsicEstimator(int fewest) {
        this.fewest = fewest;
    }

    /** Fewest images of a batch. */
    public int fewest() {
        return fewest;
    }

    /** An element of the centered matrix, from its row's, column's and the whole sum. */
    abstract double centered(double value, double row, double column, double total, int n);

    /** Whether an image's product with itself counts. */
    abstract boolean hasDiagonal();

    /** What the inner product of two centered matrices is multiplied by. */
    abstract double scale(int n);
}
