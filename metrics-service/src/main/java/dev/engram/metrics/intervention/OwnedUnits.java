package dev.engram.metrics.intervention;

import dev.engram.encoders.edit.ChosenUnits;
import dev.engram.encoders.edit.EditableLayer;
import dev.engram.metrics.task.UnitRow;
import dev.engram.v1.ListOwnedUnitsRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The units that images own by a UnitMem: those which one of these images drives more than any other image that was measured does, μ_max being
 * its own (Wang et al. 2024, Eq. 6; of images that share a maximum the smallest id). Dead units are nobody's.
 *
 * @param layers that were considered, in forward order, with the path of the tap each was read at
 * @param units highest UnitMem first, equal ones in forward order
 */
public record OwnedUnits(Map<EditableLayer, String> layers, List<Owned> units) {
    /** A unit and what was measured of it. */
    public record Owned(EditableLayer layer, UnitRow row) {
        /** Whose it is. */
        public int image() {
            return row.topImages().getFirst().id();
        }
    }

    /** Those that a request asks for, once it is known to be valid. */
    public static OwnedUnits of(List<UnitRow> rows, List<EditableLayer> layers, ListOwnedUnitsRequest request) {
        return of(rows, layers, new Wanted(
                Set.copyOf(request.getImagesList()), request.getLeastUnitMem(), request.getMostUnits(), request.getBeforeActivation()));
    }

    /**
     * @param rows every unit of the UnitMem
     * @param wanted which of them
     */
    static OwnedUnits of(List<UnitRow> rows, List<EditableLayer> layers, Wanted wanted) {
        Map<EditableLayer, String> taps = new LinkedHashMap<>();
        layers.forEach(layer -> taps.put(layer, wanted.beforeActivation ? layer.path() : layer.output()));
        Map<String, List<UnitRow>> byTap = rows.stream().collect(Collectors.groupingBy(row -> row.layer().layer()));
        List<Owned> owned = new ArrayList<>();
        taps.forEach((layer, tap) -> byTap.getOrDefault(tap, List.of()).stream()
                .filter(row -> !row.dead() && row.unitMem() >= wanted.least)
                .map(row -> new Owned(layer, row))
                .filter(unit -> wanted.images.contains((long) unit.image()))
                .forEach(owned::add));
        owned.sort(Comparator.comparingDouble(unit -> -unit.row.unitMem()));
        int most = wanted.most == 0 ? owned.size() : Math.min(wanted.most, owned.size());
        return new OwnedUnits(taps, List.copyOf(owned.subList(0, most)));
    }

    /**
     * Which owned units are asked for.
     *
     * @param images ids of the owners
     * @param least UnitMem
     * @param most number of units; 0 means all
     * @param beforeActivation of what leaves the layer itself, not its activation function
     */
    record Wanted(Set<Long> images, double least, int most, boolean beforeActivation) {}

    /** To be pruned; of a layer whose units are all owned the lowest UnitMem stays. */
    ChosenUnits chosen() {
        Map<EditableLayer, List<Integer>> named = new LinkedHashMap<>();
        layers.keySet().forEach(layer -> named.put(layer, of(layer).stream().map(unit -> unit.row.unit()).toList()));
        return ChosenUnits.named(named);
    }

    /** Those of one layer. */
    public List<Owned> of(EditableLayer layer) {
        return units.stream().filter(unit -> unit.layer.equals(layer)).toList();
    }
}
