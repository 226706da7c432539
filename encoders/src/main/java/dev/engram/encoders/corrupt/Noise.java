package dev.engram.encoders.corrupt;

import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.random.RandomStream;

/** Noise of each value by itself. */
final class Noise {
    private static final double SMALLEST = 1e-20;

    private Noise() {}

    static void gaussian(double[] values, ImageShape shape, double deviation, RandomStream draws) {
        for (int i = 0; i < values.length; i++) {
            values[i] += deviation * draws.normal();
        }
    }

    static void speckle(double[] values, ImageShape shape, double deviation, RandomStream draws) {
        for (int i = 0; i < values.length; i++) {
            values[i] += values[i] * deviation * draws.normal();
        }
    }

    static void shot(double[] values, ImageShape shape, double photons, RandomStream draws) {
        for (int i = 0; i < values.length; i++) {
            values[i] = poisson(values[i] * photons, draws.uniform()) / photons;
        }
    }

    static void impulse(double[] values, ImageShape shape, double share, RandomStream draws) {
        for (int i = 0; i < values.length; i++) {
            double draw = draws.uniform();
            if (draw < share) {
                values[i] = draw < share / 2 ? 0 : 1;
            }
        }
    }

    /**
     * The Poisson quantile at {@code uniform}, by adding up probabilities from 0; what is left beyond 1e-20 is not told from 0. Means up to 500 are
     * used, for which e^-mean is far from the smallest double. Cost: as many additions as the result.
     */
    static int poisson(double mean, double uniform) {
        double probability = StrictMath.exp(-mean);
        double sum = probability;
        int count = 0;
        while (uniform >= sum && (count < mean || probability > SMALLEST)) {
            count++;
            probability *= mean / count;
            sum += probability;
        }
        return count;
    }
}
