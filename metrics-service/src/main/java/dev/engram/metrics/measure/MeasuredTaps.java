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

    /** The taps that are wanted, in forward order; convolutions are counted over all taps. */
    static List<MeasuredTap> of(List<Tap> taps, Predicate<Tap> wanted) {
        List<MeasuredTap> measured = new ArrayList<>();
        int depth = 0;
        for (Tap tap : taps) {
            depth += tap.kind() == Tap.Kind.CONV ? 1 : 0;
            if (wanted.test(tap)) {
                measured.add(new MeasuredTap(tap, new MeasuredLayer(tap.path(), point(tap.kind()), depth)));
            }
        }
        return List.copyOf(measured);
    }

    private static String point(Tap.Kind kind) {
        return switch (kind) {
            case CONV -> "conv";
            case BATCH_NORM -> "norm";
            case RELU -> "relu";
            case POOL -> "pool";
            case ADD -> "add";
            case LINEAR -> "head";
        };
    }
}
