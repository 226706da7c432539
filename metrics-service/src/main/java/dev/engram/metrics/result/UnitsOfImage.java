package dev.engram.metrics.result;

import dev.engram.metrics.MeasuredLayer;
import dev.engram.metrics.task.UnitRow;
import dev.engram.metrics.task.UnitRow.TopImage;
import dev.engram.v1.ImageLayerUnits;
import dev.engram.v1.ImageUnit;
import dev.engram.v1.ListUnitsOfImageRequest;
import dev.engram.v1.ListUnitsOfImageResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The units that keep one image among their top images, those it drives most first; of equal rank the highest UnitMem first, then in
 * forward order. A unit whose mean activation for the image is 0 is not driven by it, however few images drive it more.
 *
 * @param places in that order
 */
record UnitsOfImage(List<Place> places) {
    /**
     * An image among a unit's top images.
     *
     * @param rank from 1
     */
    record Place(UnitRow unit, int rank, float mean) {}

    static UnitsOfImage of(List<UnitRow> inForwardOrder, long image) {
        List<Place> places = new ArrayList<>();
        for (UnitRow unit : inForwardOrder) {
            for (int rank = 0; rank < unit.topImages().size(); rank++) {
                TopImage top = unit.topImages().get(rank);
                if (top.id() == image && top.mean() != 0) {
                    places.add(new Place(unit, rank + 1, top.mean()));
                }
            }
        }
        places.sort(Comparator.comparingInt(Place::rank)
                .thenComparing(Comparator.comparingDouble((Place place) -> place.unit().unitMem()).reversed()));
        return new UnitsOfImage(List.copyOf(places));
    }

    /** What a page token of this listing belongs to. */
    static String listing(ListUnitsOfImageRequest request) {
        return "image" + request.getImageId() + ":" + request.getLayer();
    }

    ListUnitsOfImageResponse page(ListUnitsOfImageRequest request, int from, int size) {
        List<Place> listed = places.stream()
                .filter(place -> request.getLayer().isEmpty()
                        || place.unit().layer().layer().equals(request.getLayer()))
                .toList();
        int end = (int) Math.min(listed.size(), (long) from + size);
        ListUnitsOfImageResponse.Builder page = ListUnitsOfImageResponse.newBuilder()
                .setTotal(listed.size())
                .setOwned((int) listed.stream().filter(place -> place.rank() == 1).count())
                .addAllLayers(layers());
        listed.subList(Math.min(from, end), end).forEach(place -> page.addUnits(message(place)));
        if (end < listed.size()) {
            page.setNextPageToken(PageTokens.of(end, listing(request)));
        }
        return page.build();
    }

    private List<ImageLayerUnits> layers() {
        Map<MeasuredLayer, List<Place>> layers = new LinkedHashMap<>();
        places.forEach(place ->
                layers.computeIfAbsent(place.unit().layer(), _ -> new ArrayList<>()).add(place));
        return layers.entrySet().stream()
                .map(layer -> ImageLayerUnits.newBuilder()
                        .setLayer(layer.getKey().layer())
                        .setPoint(layer.getKey().point())
                        .setDepth(layer.getKey().depth())
                        .setUnits(layer.getValue().size())
                        .setOwned((int) layer.getValue().stream().filter(place -> place.rank() == 1).count())
                        .build())
                .toList();
    }

    private static ImageUnit message(Place place) {
        UnitRow unit = place.unit();
        return ImageUnit.newBuilder()
                .setLayer(unit.layer().layer())
                .setPoint(unit.layer().point())
                .setDepth(unit.layer().depth())
                .setUnit(unit.unit())
                .setRank(place.rank())
                .setMeanActivation(place.mean())
                .setUnitMem(unit.unitMem())
                .setNullUnitMem(unit.nullUnitMem())
                .setTies(unit.ties())
                .build();
    }
}
