package dev.engram.metrics.layermem;

/** The definitions, loop by loop in double: what the fast ways are compared with. */
public final class NaiveDistance {
    private NaiveDistance() {}

    /** Mean over all unordered pairs of views. */
    public static double mean(float[][] views, ViewDistance distance, boolean raw) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < views.length; i++) {
            for (int j = i + 1; j < views.length; j++) {
                sum += between(views[i], views[j], distance, raw);
                pairs++;
            }
        }
        return sum / pairs;
    }

    /** Mean over the views after the first of their distance to the first. */
    public static double toFirst(float[][] views, ViewDistance distance, boolean raw) {
        double sum = 0;
        for (int i = 1; i < views.length; i++) {
            sum += between(views[0], views[i], distance, raw);
        }
        return sum / (views.length - 1);
    }

    private static double between(float[] x, float[] y, ViewDistance distance, boolean raw) {
        double nx = raw ? 1 : norm(x);
        double ny = raw ? 1 : norm(y);
        double squares = 0;
        double absolutes = 0;
        double product = 0;
        for (int i = 0; i < x.length; i++) {
            double difference = x[i] / nx - y[i] / ny;
            squares += difference * difference;
            absolutes += Math.abs(difference);
            product += (double) x[i] * y[i];
        }
        double cosine = product / (norm(x) * norm(y));
        return switch (distance) {
            case L2 -> Math.sqrt(squares);
            case L1 -> absolutes;
            case COSINE -> 1 - cosine;
            case ANGULAR -> Math.acos(Math.min(1, cosine)) / Math.PI;
        };
    }

    private static double norm(float[] x) {
        double sum = 0;
        for (float value : x) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    /** Inner products of x_0 and the differences from it, in float as the device computes them. */
    static float[] anchoredGram(float[][] views) {
        float[][] rows = new float[views.length][];
        rows[0] = views[0];
        for (int i = 1; i < views.length; i++) {
            rows[i] = views[i].clone();
            for (int k = 0; k < rows[i].length; k++) {
                rows[i][k] -= views[0][k];
            }
        }
        float[] gram = new float[views.length * views.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows.length; j++) {
                float sum = 0;
                for (int k = 0; k < rows[i].length; k++) {
                    sum += rows[i][k] * rows[j][k];
                }
                gram[i * rows.length + j] = sum;
            }
        }
        return gram;
    }
}
