package dev.engram.metrics.intervention;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The layers that memorize most and least, by LayerMem and by ΔLayerMem, as sets of one to three. Of equal layers the one nearer to the input comes
 * first. A layer without ΔLayerMem, the first of the network, is in none: so are the sets of Wang et al. 2024, Tables 5, 21 and 22, in which layer 1
 * never counts, and 4 is taken before 7.
 */
final class NamedSets {
    private NamedSets() {}

    /**
     * A layer's figures.
     *
     * @param layerMem mean over candidates
     * @param delta LayerMem minus that of the row before
     */
    record Scored(String layer, double layerMem, double delta) {}

    /**
     * Names by set; layers of a set in forward order.
     *
     * @param layers in forward order
     * @param largest layers in a set
     */
    static Map<List<String>, List<String>> of(List<Scored> layers, int largest) {
        Map<List<String>, List<String>> names = new LinkedHashMap<>();
        for (int size = 1; size <= Math.min(largest, layers.size()); size++) {
            name("LayerMem", Scored::layerMem, layers, size, names);
            name("ΔLayerMem", Scored::delta, layers, size, names);
        }
        return names;
    }

    private static void name(
            String measure, ToDoubleFunction<Scored> figure, List<Scored> layers, int size, Map<List<String>, List<String>> names) {
        Comparator<Scored> ascending = Comparator.comparingDouble(figure);
        names.computeIfAbsent(first(layers, ascending.reversed(), size), set -> new ArrayList<>()).add("most " + measure);
        names.computeIfAbsent(first(layers, ascending, size), set -> new ArrayList<>()).add("least " + measure);
    }

    /** Sorting is stable, so that equal ones stay in forward order. */
    private static List<String> first(List<Scored> layers, Comparator<Scored> order, int size) {
        List<Scored> taken = layers.stream().sorted(order).limit(size).toList();
        return layers.stream().filter(taken::contains).map(Scored::layer).toList();
    }
}
