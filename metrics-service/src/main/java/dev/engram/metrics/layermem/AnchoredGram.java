package dev.engram.metrics.layermem;

/**
 * All distances between the views x<sub>0</sub> … x<sub>V-1</sub> of one image, from V × V inner products instead of V vectors.
 *
 * <p>The matrix A holds the inner products of the rows x<sub>0</sub>, δ<sub>1</sub>, …, δ<sub>V-1</sub> with
 * δ<sub>i</sub> = x<sub>i</sub> - x<sub>0</sub> (δ<sub>0</sub> = 0). A plain Gram matrix in float would lose nearby views to
 * cancellation (an error of 1e-7 in the squared cosine distance is 3e-4 in the distance); anchored at one view, the error is
 * 1e-7 of the distance itself, and equal views are at distance exactly 0, which is what tells a collapsed layer from a
 * precise one. Everything here is in double.
 */
public final class AnchoredGram {
    private final float[] matrix;
    private final int offset;
    private final int views;

    /**
     * @param matrix holds A row by row from {@code offset} on
     * @param views V, at least 2
     */
    public AnchoredGram(float[] matrix, int offset, int views) {
        if (views < 2) {
            throw new IllegalArgumentException("views: must be at least 2, was " + views);
        }
        this.matrix = matrix;
        this.offset = offset;
        this.views = views;
    }

    /**
     * Mean distance over the V(V-1)/2 unordered pairs of views: SSL<sub>h</sub>(x) of Eq. 1.
     *
     * @param distance anything but {@link ViewDistance#L1}, which inner products do not hold
     * @param raw keep the vectors' lengths (L2 only) instead of scaling each to unit L2 norm
     */
    public double meanDistance(ViewDistance distance, boolean raw) {
        double sum = 0;
        for (int i = 0; i < views; i++) {
            for (int j = i + 1; j < views; j++) {
                sum += distance(distance, raw, i, j);
            }
        }
        return sum / (views * (views - 1) / 2);
    }

    /**
     * Mean distance of the views after the first to the first, which stands for the image itself.
     *
     * @param distance as for {@link #meanDistance}
     * @param raw as for {@link #meanDistance}
     */
    public double meanToFirst(ViewDistance distance, boolean raw) {
        double sum = 0;
        for (int i = 1; i < views; i++) {
            sum += distance(distance, raw, 0, i);
        }
        return sum / (views - 1);
    }

    private double distance(ViewDistance distance, boolean raw, int i, int j) {
        return switch (distance) {
            case L2 -> raw ? Math.sqrt(squaredRaw(i, j)) : Math.sqrt(squaredUnit(i, j));
            case COSINE -> cosineDistance(i, j);
            case ANGULAR -> angle(i, j) / Math.PI;
            case L1 -> throw new IllegalArgumentException("L1 does not follow from inner products");
        };
    }

    private double squaredRaw(int i, int j) {
        return Math.max(0, deltaDelta(i, i) + deltaDelta(j, j) - 2 * deltaDelta(i, j));
    }

    /** |x_i/n_i - x_j/n_j|², written in δ so that nothing large is subtracted from anything large. */
    private double squaredUnit(int i, int j) {
        double ni = norm(i);
        double nj = norm(j);
        if (ni == 0 || nj == 0) {
            return ni == nj ? 0 : 1;
        }
        double a = 1 / ni;
        double b = 1 / nj;
        double ab = (squaredExcess(j) - squaredExcess(i)) / ((ni + nj) * ni * nj);
        double squared = ab * ab * at(0, 0)
                + 2 * ab * (a * anchorDelta(i) - b * anchorDelta(j))
                + a * a * deltaDelta(i, i)
                + b * b * deltaDelta(j, j)
                - 2 * a * b * deltaDelta(i, j);
        return Math.max(0, squared);
    }

    private double cosineDistance(int i, int j) {
        double ni = norm(i);
        double nj = norm(j);
        if (ni == 0 || nj == 0) {
            return ni == nj ? 0 : 1;
        }
        return squaredUnit(i, j) / 2;
    }

    private double angle(int i, int j) {
        double ni = norm(i);
        double nj = norm(j);
        if (ni == 0 || nj == 0) {
            return ni == nj ? 0 : Math.PI / 2;
        }
        return 2 * Math.asin(Math.min(1, Math.sqrt(squaredUnit(i, j)) / 2));
    }

    /** n_i = |x_0 + δ_i|. */
    private double norm(int i) {
        return Math.sqrt(Math.max(0, at(0, 0) + squaredExcess(i)));
    }

    /** n_i² - n_0². */
    private double squaredExcess(int i) {
        return 2 * anchorDelta(i) + deltaDelta(i, i);
    }

    private double anchorDelta(int i) {
        return i == 0 ? 0 : at(0, i);
    }

    private double deltaDelta(int i, int j) {
        return i == 0 || j == 0 ? 0 : at(i, j);
    }

    private double at(int row, int column) {
        return matrix[offset + row * views + column];
    }
}
