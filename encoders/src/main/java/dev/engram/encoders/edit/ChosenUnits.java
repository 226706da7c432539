package dev.engram.encoders.edit;

import dev.engram.encoders.random.StatelessRandom;
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
 * Units that were chosen out of several layers: named ones, or a share of each layer's, or of all, rounded to the nearest whole number (halves up). A layer is
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
                    .mapToInt(layer -> takeShare(ordered.stream().filter(place -> place.layer().equals(layer)).toList(), share, chosen))
                    .sum();
            case TOTAL -> takeShare(ordered, share, chosen);
        };
        return new ChosenUnits(chosen, ordered.size(), spared);
    }

    private static int takeShare(List<Place> ordered, double share, Map<EditableLayer, SortedSet<Integer>> chosen) {
        return take(ordered, Math.round(share * ordered.size()), chosen);
    }

    /** Takes so many; returns how many had to be left. */
    private static int take(List<Place> ordered, long many, Map<EditableLayer, SortedSet<Integer>> chosen) {
        long wanted = many;
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

    /**
     * Exactly these.
     *
     * @param named units by layer, for every layer that is considered, in the order in which they are chosen; none twice
     */
    public static ChosenUnits named(Map<EditableLayer, List<Integer>> named) {
        Map<EditableLayer, SortedSet<Integer>> chosen = new LinkedHashMap<>();
        named.keySet().forEach(layer -> chosen.put(layer, new TreeSet<>()));
        int spared = 0;
        for (Map.Entry<EditableLayer, List<Integer>> entry : named.entrySet()) {
            EditableLayer layer = entry.getKey();
            List<Place> places = entry.getValue().stream().map(unit -> place(layer, unit)).toList();
            spared += take(places, places.size(), chosen);
        }
        return new ChosenUnits(chosen, named.keySet().stream().mapToInt(EditableLayer::units).sum(), spared);
    }

    private static Place place(EditableLayer layer, int unit) {
        if (unit < 0 || unit >= layer.units()) {
            throw new IllegalArgumentException("%s has units 0 to %d, not %d".formatted(layer.path(), layer.units() - 1, unit));
        }
        return new Place(layer, unit);
    }

    /**
     * As many of each layer, drawn by a seed out of the units that are not chosen here; where they are too few, the rest out of those that are. A layer's
     * draw is a function of the seed, its path and what is chosen of it.
     */
    public ChosenUnits othersAtRandom(long seed) {
        Map<EditableLayer, List<Integer>> others = new LinkedHashMap<>();
        byLayer.forEach((layer, units) -> others.put(layer, Arrays.stream(
                        StatelessRandom.of(seed, "prune beside " + layer.path()).permutation(layer.units(), 0))
                .boxed()
                .sorted(Comparator.comparing(units::contains))
                .limit(units.size())
                .toList()));
        return named(others);
    }

    /** All chosen units of {@code other} are among these. */
    boolean contains(ChosenUnits other) {
        return other.byLayer.entrySet().stream()
                .allMatch(entry -> byLayer.getOrDefault(entry.getKey(), new TreeSet<>()).containsAll(new HashSet<>(entry.getValue())));
    }
}
