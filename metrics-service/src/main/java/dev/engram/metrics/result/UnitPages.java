package dev.engram.metrics.result;

import dev.engram.metrics.task.UnitRow;
import dev.engram.v1.ImageScore;
import dev.engram.v1.ListUnitsResponse;
import dev.engram.v1.Unit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The units of a UnitMem in the order people ask for: highest score first, equal ones in forward order. A page token names the
 * place and the layer it belongs to.
 *
 * @param byScore all units
 */
record UnitPages(List<UnitRow> byScore) {
    static UnitPages of(List<UnitRow> inForwardOrder) {
        return new UnitPages(inForwardOrder.stream()
                .sorted(Comparator.comparingDouble(row -> -row.unitMem()))
                .toList());
    }

    /** Whether there are units at this tap; every run has some at the empty one, which means all. */
    boolean has(String layer) {
        return layer.isEmpty() || byScore.stream().anyMatch(row -> row.layer().layer().equals(layer));
    }

    /** Where a token goes on; empty if no page of this layer gave it out. The empty token begins at 0. */
    OptionalInt position(String layer, String token) {
        return PageTokens.place(token, layer);
    }

    ListUnitsResponse page(String layer, int from, int size) {
        List<UnitRow> rows = layer.isEmpty()
                ? byScore
                : byScore.stream().filter(row -> row.layer().layer().equals(layer)).toList();
        int end = (int) Math.min(rows.size(), (long) from + size);
        ListUnitsResponse.Builder page = ListUnitsResponse.newBuilder();
        rows.subList(Math.min(from, end), end).forEach(row -> page.addUnits(unit(row)));
        if (end < rows.size()) {
            page.setNextPageToken(PageTokens.of(end, layer));
        }
        return page.build();
    }

    /** The page of one unit of a layer; empty if the layer has no such unit. */
    Optional<ListUnitsResponse> only(String layer, int unit) {
        return byScore.stream()
                .filter(row -> row.unit() == unit && row.layer().layer().equals(layer))
                .findFirst()
                .map(row -> ListUnitsResponse.newBuilder().addUnits(unit(row)).build());
    }

    private static Unit unit(UnitRow row) {
        Unit.Builder unit = Unit.newBuilder()
                .setLayer(row.layer().layer())
                .setUnit(row.unit())
                .setUnitMem(row.unitMem())
                .setDead(row.dead())
                .setTies(row.ties());
        row.topImages()
                .forEach(top -> unit.addTopImages(
                        ImageScore.newBuilder().setImageId(top.id()).setScore(top.mean())));
        return unit.build();
    }
}
