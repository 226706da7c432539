package dev.engram.encoders.data;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Mean and deviation of a set's bytes, for each value of an image. */
final class NoiseMoments {
    private final double[] means;
    private final double[] deviations;

    private NoiseMoments(double[] means, double[] deviations) {
        this.means = means;
        this.deviations = deviations;
    }

    /** Exact sums over all images; where values share their moments, over all of these. */
    static NoiseMoments of(ImageSet set, NoiseRecipe.Moments kind) {
        ImageShape shape = set.shape();
        int bytes = shape.bytes();
        int plane = shape.height() * shape.width();
        long[] sums = new long[bytes];
        long[] squares = new long[bytes];
        for (int i = 0; i < set.size(); i++) {
            ByteBuffer image = set.image(i);
            for (int at = 0; at < bytes; at++) {
                int value = image.get(at) & 0xFF;
                sums[at] += value;
                squares[at] += value * value;
            }
        }
        int together = switch (kind) {
            case PER_PIXEL -> 1;
            case PER_CHANNEL -> plane;
            case OVERALL -> bytes;
        };
        double[] means = new double[bytes];
        double[] deviations = new double[bytes];
        for (int from = 0; from < bytes; from += together) {
            double values = (double) set.size() * together;
            double mean = Arrays.stream(sums, from, from + together).sum() / values;
            double variance = Arrays.stream(squares, from, from + together).sum() / values - mean * mean;
            Arrays.fill(means, from, from + together, mean);
            Arrays.fill(deviations, from, from + together, Math.sqrt(Math.max(0, variance)));
        }
        return new NoiseMoments(means, deviations);
    }

    double mean(int value) {
        return means[value];
    }

    double deviation(int value) {
        return deviations[value];
    }
}
