package dev.engram.encoders.edit;

import dev.engram.encoders.edit.ChosenUnits.Place;
import dev.engram.encoders.random.StatelessRandom;
import java.util.Arrays;
import java.util.List;

/** Uniformly drawn orders of units. One order serves all tensors of a layer. */
final class UnitDraw {
    private UnitDraw() {}

    static List<Place> order(List<EditableLayer> layers, long seed, UnitPool pool) {
        return switch (pool) {
            case PER_LAYER -> layers.stream().flatMap(layer -> shuffled(List.of(layer), seed, layer.path()).stream()).toList();
            case TOTAL -> shuffled(layers, seed, "total");
        };
    }

    private static List<Place> shuffled(List<EditableLayer> layers, long seed, String of) {
        List<Place> places = ChosenUnits.places(layers);
        int[] order = StatelessRandom.of(seed, "prune " + of).permutation(places.size(), 0);
        return Arrays.stream(order).mapToObj(places::get).toList();
    }
}
