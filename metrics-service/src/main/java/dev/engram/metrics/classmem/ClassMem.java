package dev.engram.metrics.classmem;

/**
 * How much one class dominates a unit: the mean activation of the class that drives it most against the mean of the other classes'
 * means (Wang et al. 2024, Eq. 9 to 12). On training images this is ClassMem, on images the encoder has not seen ClassSelectivity.
 *
 * <p>In [0, 1] for activations that are never negative; signed ones can leave that range.
 *
 * @param classIndex the class with the highest mean, the smallest of several; −1 if {@code dead}
 * @param max its mean
 * @param others mean of the means of the other classes that have images
 */
public record ClassMem(int classIndex, double max, double others) {

    /**
     * From the means of all classes.
     *
     * @param means a value for each class, NaN for one without images
     * @throws IllegalArgumentException if fewer than two classes have images
     */
    public static ClassMem of(double[] means) {
        int best = -1;
        int classes = 0;
        for (int i = 0; i < means.length; i++) {
            if (Double.isNaN(means[i])) {
                continue;
            }
            classes++;
            if (best < 0 || means[i] > means[best]) {
                best = i;
            }
        }
        if (classes < 2) {
            throw new IllegalArgumentException("ClassMem compares a class with others: it needs at least 2, got " + classes);
        }
        double others = 0;
        for (int i = 0; i < means.length; i++) {
            if (i != best && !Double.isNaN(means[i])) {
                others += means[i] / (classes - 1);
            }
        }
        return new ClassMem(means[best] + others == 0 ? -1 : best, means[best], others);
    }

    /** Eq. 12; 0 if {@link #dead}. */
    public double score() {
        return dead() ? 0 : (max - others) / (max + others);
    }

    /** No class drives the unit (or signed means cancel exactly). */
    public boolean dead() {
        return max + others == 0;
    }
}
