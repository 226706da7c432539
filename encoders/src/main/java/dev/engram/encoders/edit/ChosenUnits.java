package dev.engram.encoders.edit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Units that were chosen out of several layers: a share of each layer's, or of all, rounded to the nearest whole number (halves up). A layer is
 * never emptied: it keeps the unit that would have been chosen last, and where the share is one of all units, the next in order takes its
 * place.
 *
 * @param byLayer indices by layer, for every layer that was considered
 * @param considered number of units of these layers
 * @param spared units that were left because their layers would have had none
 */
public record ChosenUnits(Map<EditableLayer, SortedSet<Integer>> byLayer, int considered, int spared) {

    /** One unit of one layer. */
    record Place(EditableLayer layer, int unit) {}

    /** Number of units chosen. */
    public int count() {
        return byLayer.values().stream().mapToInt(Set::size).sum();
    }

    /**
     * The units that come first.
     *
     * @param ordered every unit of every layer once; those of one layer in the order in which they are chosen
     * @param share in [0, 1]
     */
    static ChosenUnits first(List<EditableLayer> layers, List<Place> ordered, double share, UnitPool pool) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share: must be in [0, 1], is " + share);
        }
        Map<EditableLayer, SortedSet<Integer>> chosen = new LinkedHashMap<>();
        layers.forEach(layer -> chosen.put(layer, new TreeSet<>()));
        int spared = switch (pool) {
            case PER_LAYER -> layers.stream()
                    .mapToInt(layer -> take(ordered.stream().filter(place -> place.layer().equals(layer)).toList(), share, chosen))
                    .sum();
            case TOTAL -> take(ordered, share, chosen);
        };
        return new ChosenUnits(chosen, ordered.size(), spared);
    }

    /** Takes as many as the share says; returns how many had to be left. */
    private static int take(List<Place> ordered, double share, Map<EditableLayer, SortedSet<Integer>> chosen) {
        long wanted = Math.round(share * ordered.size());
        int left = 0;
        for (Place place : ordered) {
            if (wanted == 0) {
                break;
            }
            SortedSet<Integer> units = chosen.get(place.layer());
            if (units.size() == place.layer().units() - 1) {
                left++;
                continue;
            }
            units.add(place.unit());
            wanted--;
        }
        return left;
    }

    /** Every unit of every layer, in forward order. */
    static List<Place> places(Collection<EditableLayer> layers) {
        List<Place> places = new ArrayList<>();
        for (EditableLayer layer : layers) {
            for (int unit = 0; unit < layer.units(); unit++) {
                places.add(new Place(layer, unit));
            }
        }
        return places;
    }

    /**
     * Those with the highest or the lowest scores; equal scores in forward order, then by index.
     *
     * @param scores by path of a layer, {@code [U]} each
     * @throws IllegalArgumentException naming every layer without scores, or with another number of them, or with one that is NaN
     */
    public static ChosenUnits byScore(
            List<EditableLayer> layers, Map<String, double[]> scores, boolean highest, double share, UnitPool pool) {
        List<String> problems = new ArrayList<>();
        for (EditableLayer layer : layers) {
            double[] own = scores.get(layer.path());
            if (own == null || own.length != layer.units()) {
                problems.add("%s has %d units and %s scores".formatted(layer.path(), layer.units(), own == null ? "no" : "" + own.length));
            } else if (Arrays.stream(own).anyMatch(Double::isNaN)) {
                problems.add(layer.path() + " has a score that is no number");
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        Comparator<Place> ascending = Comparator.comparingDouble(place -> scores.get(place.layer().path())[place.unit()] + 0.0);
        List<Place> ordered = places(layers).stream().sorted(highest ? ascending.reversed() : ascending).toList();
        return first(layers, ordered, share, pool);
    }

    /**
     * Those that a seed draws. Of one seed, the units of a smaller share are among those of a larger one; per layer, a layer's draw is a
     * function of the seed and its path, whatever other layers are considered.
     */
    public static ChosenUnits atRandom(List<EditableLayer> layers, long seed, double share, UnitPool pool) {
        return first(layers, UnitDraw.order(layers, seed, pool), share, pool);
    }

    /** All chosen units of {@code other} are among these. */
    boolean contains(ChosenUnits other) {
        return other.byLayer.entrySet().stream()
                .allMatch(entry -> byLayer.getOrDefault(entry.getKey(), new TreeSet<>()).containsAll(new HashSet<>(entry.getValue())));
    }
}
