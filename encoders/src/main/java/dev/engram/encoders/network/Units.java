package dev.engram.encoders.network;

import java.util.List;

/** Where the units are in the shape of one image: first in a map {@code [C, H, W]}, last in tokens {@code [T, D]}. */
final class Units {
    private static final int TOKEN_DIMENSIONS = 2;

    private Units() {}

    static int of(List<Long> shape) {
        return Math.toIntExact(isTokens(shape) ? shape.getLast() : shape.getFirst());
    }

    static boolean isTokens(List<Long> shape) {
        return shape.size() == TOKEN_DIMENSIONS;
    }
}
