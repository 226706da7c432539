package dev.engram.metrics;

import static java.util.Objects.requireNonNull;

/**
 * A place in the network that has a row in a result.
 *
 * @param layer PyTorch's module path of the tap, e.g. {@code layer1_head.conv}
 * @param point {@code conv}, {@code norm}, {@code relu}, {@code pool}, {@code add} or {@code head}
 * @param depth 1-based index of the convolution it belongs to or follows
 */
public record MeasuredLayer(String layer, String point, int depth) {
    public MeasuredLayer {
        requireNonNull(layer, "layer");
        requireNonNull(point, "point");
    }
}
