package dev.engram.metrics;

import static java.util.Objects.requireNonNull;

/**
 * A place in the network that has a row in a result.
 *
 * @param layer PyTorch's module path of the tap, e.g. {@code layer1_head.conv}
 * @param point {@code conv}, {@code norm}, {@code relu}, {@code gelu}, {@code pool}, {@code embedding},
 *     {@code add}, {@code linear} (over tokens) or {@code head}
 * @param depth 1-based index of the convolution, or linear layer over tokens, that it belongs to or follows
 */
public record MeasuredLayer(String layer, String point, int depth) {
    public MeasuredLayer {
        requireNonNull(layer, "layer");
        requireNonNull(point, "point");
    }
}
