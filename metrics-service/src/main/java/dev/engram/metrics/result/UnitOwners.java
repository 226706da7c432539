package dev.engram.metrics.result;

import dev.engram.encoders.statistics.Percentile;
import dev.engram.metrics.layermem.SslMemTable;
import dev.engram.metrics.task.UnitRow;
import dev.engram.v1.ListUnitOwnersRequest;
import dev.engram.v1.ListUnitOwnersResponse;
import dev.engram.v1.UnitOwner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which images own the units that memorize: of the p % of units with the highest UnitMem, how many have an image as the one that
 * drives them most (Table 12 of Wang et al. 2024; known as NumMemUnits). The threshold is numpy's percentile 100 - p, and a unit
 * counts from there on, so that ties can make it more than p %. Dead units are part of the percentile and own nothing.
 *
 * @param owners most units first, then by image id
 * @param units that were asked for
 * @param counted units that count
 */
record UnitOwners(List<Owner> owners, int units, int counted, double threshold, List<String> warnings) {
    private static final double DEFAULT_PERCENT = 10;

    /**
     * An image that owns units.
     *
     * @param score its place in a LayerMem, or null
     */
    record Owner(long image, int units, double maxUnitMem, Score score) {}

    /** SSLMem of an image and the part of the split it belongs to. */
    record Score(double sslMem, String subset) {}

    /** @param percent p in (0, 100], or 0 for 10 */
    static UnitOwners of(List<UnitRow> units, double percent) {
        double[] scores = units.stream().mapToDouble(UnitRow::unitMem).toArray();
        double threshold = Percentile.of(scores, 100 - (percent == 0 ? DEFAULT_PERCENT : percent));
        List<UnitRow> counted = units.stream()
                .filter(unit -> !unit.dead() && unit.unitMem() >= threshold)
                .toList();
        Map<Long, List<UnitRow>> byOwner = new HashMap<>();
        counted.forEach(unit -> byOwner.computeIfAbsent((long) unit.topImages().getFirst().id(), _ -> new ArrayList<>())
                .add(unit));
        List<Owner> owners = byOwner.entrySet().stream()
                .map(owned -> new Owner(
                        owned.getKey(),
                        owned.getValue().size(),
                        owned.getValue().stream().mapToDouble(UnitRow::unitMem).max().orElseThrow(),
                        null))
                .sorted(Comparator.comparingInt((Owner owner) -> -owner.units()).thenComparingLong(Owner::image))
                .toList();
        return new UnitOwners(owners, units.size(), counted.size(), threshold, List.of());
    }

    /** The same with each image's SSLMem, of those that were measured. */
    UnitOwners beside(SslMemTable table, List<String> warningsOfBoth) {
        Map<Long, Score> scores = new HashMap<>();
        for (int i = 0; i < table.imageIds().length; i++) {
            scores.put((long) table.imageIds()[i], new Score(table.at(table.wholeEncoder(), i).score(), table.subsets()[i]));
        }
        List<Owner> scored = owners.stream()
                .map(owner -> new Owner(owner.image(), owner.units(), owner.maxUnitMem(), scores.get(owner.image())))
                .toList();
        return new UnitOwners(scored, units, counted, threshold, warningsOfBoth);
    }

    /** What a page token of this listing belongs to. */
    static String listing(ListUnitOwnersRequest request) {
        return "owners%s:%s:%s".formatted(request.getPercent(), request.getPoint(), request.getLayer());
    }

    ListUnitOwnersResponse page(ListUnitOwnersRequest request, int from, int size) {
        int end = (int) Math.min(owners.size(), (long) from + size);
        ListUnitOwnersResponse.Builder page = ListUnitOwnersResponse.newBuilder()
                .setTotal(owners.size())
                .setUnits(units)
                .setCountedUnits(counted)
                .setThreshold(threshold)
                .addAllWarnings(warnings);
        owners.subList(Math.min(from, end), end).forEach(owner -> page.addOwners(message(owner)));
        if (end < owners.size()) {
            page.setNextPageToken(PageTokens.of(end, listing(request)));
        }
        return page.build();
    }

    private static UnitOwner message(Owner owner) {
        UnitOwner.Builder message = UnitOwner.newBuilder()
                .setImageId(owner.image())
                .setUnits(owner.units())
                .setMaxUnitMem(owner.maxUnitMem());
        if (owner.score() != null) {
            message.setSslmem(owner.score().sslMem()).setSubset(owner.score().subset());
        }
        return message.build();
    }
}
