package dev.engram.metrics.layermem;

import dev.engram.metrics.MeasuredLayer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * SSLMem of every measured image at every layer: the finest result, from which all others follow.
 *
 * @param layers L rows of the network, in forward order
 * @param imageIds N ids, in the order of measuring
 * @param subsets each image's subset: {@code candidate}, {@code shared}, {@code independent} or {@code external}
 * @param candidate SSL_f as {@code [L][N]}
 * @param reference SSL_g as {@code [L][N]}
 * @param ranges what each layer's differences are divided by instead of Eq. 2; null for Eq. 2
 */
public record SslMemTable(
        List<MeasuredLayer> layers,
        int[] imageIds,
        String[] subsets,
        double[][] candidate,
        double[][] reference,
        double[] ranges) {

    /** Scores by Eq. 2. */
    public SslMemTable(
            List<MeasuredLayer> layers, int[] imageIds, String[] subsets, double[][] candidate, double[][] reference) {
        this(layers, imageIds, subsets, candidate, reference, null);
    }

    public SslMemTable {
        layers = List.copyOf(layers);
        if (layers.isEmpty() || candidate.length != layers.size() || reference.length != layers.size()) {
            throw new IllegalArgumentException("%d layers, but %d and %d rows of distances"
                    .formatted(layers.size(), candidate.length, reference.length));
        }
        if (subsets.length != imageIds.length) {
            throw new IllegalArgumentException(
                    "%d images, but %d subsets".formatted(imageIds.length, subsets.length));
        }
        for (int layer = 0; layer < layers.size(); layer++) {
            if (candidate[layer].length != imageIds.length || reference[layer].length != imageIds.length) {
                throw new IllegalArgumentException(
                        layers.get(layer).layer() + ": not one distance per image and encoder");
            }
        }
    }

    /**
     * The same with scores as the paper's published code makes them: SSL_g − SSL_f divided by its range, largest minus smallest, over all images here. It
     * depends on which images were measured.
     */
    public SslMemTable byRange() {
        double[] found = new double[layers.size()];
        for (int layer = 0; layer < found.length; layer++) {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (int image = 0; image < imageIds.length; image++) {
                double difference = reference[layer][image] - candidate[layer][image];
                least = Math.min(least, difference);
                most = Math.max(most, difference);
            }
            found[layer] = most - least;
        }
        return new SslMemTable(layers, imageIds, subsets, candidate, reference, found);
    }

    /** Whether scores are divided by the range of their layer instead of Eq. 2. */
    public boolean isByRange() {
        return ranges != null;
    }

    /** The layer that stands for the whole encoder: the last. */
    public int wholeEncoder() {
        return layers.size() - 1;
    }

    public SslMem at(int layer, int image) {
        OptionalDouble range = ranges == null ? OptionalDouble.empty() : OptionalDouble.of(ranges[layer]);
        return new SslMem(candidate[layer][image], reference[layer][image], range);
    }

    /** Positions of a subset's images, in the order of measuring; empty if it has none. */
    public int[] positions(String subset) {
        return IntStream.range(0, imageIds.length)
                .filter(i -> subsets[i].equals(subset))
                .toArray();
    }

    /** Positions of all images. */
    public int[] allPositions() {
        return IntStream.range(0, imageIds.length).toArray();
    }

    /** Eq. 2 of the images at {@code positions}. */
    public double[] scores(int layer, int[] positions) {
        return Arrays.stream(positions).mapToDouble(i -> at(layer, i).score()).toArray();
    }

    /** How many of the images at {@code positions} have both distances 0. */
    public int degenerate(int layer, int[] positions) {
        return (int) Arrays.stream(positions)
                .filter(i -> at(layer, i).degenerate())
                .count();
    }
}
