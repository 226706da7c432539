package dev.engram.metrics.measure;

import dev.engram.encoders.network.Tap;
import dev.engram.metrics.MeasuredLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A network's taps as the layers of a result. */
final class MeasuredTaps {
    private MeasuredTaps() {}

    /** A tap with its place in a result. */
    record MeasuredTap(Tap tap, MeasuredLayer layer) {}

    /** The taps that are wanted, in forward order; convolutions and linear layers over tokens are counted over all taps. */
    static List<MeasuredTap> of(List<Tap> taps, Predicate<Tap> wanted) {
        List<MeasuredTap> measured = new ArrayList<>();
        int depth = 0;
        for (Tap tap : taps) {
            depth += deepens(tap) ? 1 : 0;
            if (wanted.test(tap)) {
                measured.add(new MeasuredTap(tap, new MeasuredLayer(tap.path(), point(tap), depth)));
            }
        }
        return List.copyOf(measured);
    }

    /** Convolutions, and in a transformer the fully connected layers over tokens. */
    private static boolean deepens(Tap tap) {
        boolean convolves = tap.kind() == Tap.Kind.CONV || tap.kind() == Tap.Kind.TRANSPOSED_CONV;
        return convolves || tap.kind() == Tap.Kind.LINEAR && tap.isTokens();
    }

    private static String point(Tap tap) {
        return switch (tap.kind()) {
            case CONV, TRANSPOSED_CONV -> "conv";
            case BATCH_NORM, GROUP_NORM, LAYER_NORM -> "norm";
            case RELU -> "relu";
            case GELU -> "gelu";
            case POOL -> "pool";
            case EMBEDDING -> "embedding";
            case ADD -> "add";
            case LINEAR -> tap.isTokens() ? "linear" : "head";
        };
    }
}
