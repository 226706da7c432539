package dev.engram.metrics.result;

import static dev.engram.metrics.result.UnitImages.FIRST;
import static dev.engram.metrics.result.UnitImages.LAST;
import static dev.engram.metrics.result.UnitImages.dead;
import static dev.engram.metrics.result.UnitImages.unit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.metrics.task.UnitRow;
import dev.engram.v1.ImageLayerUnits;
import dev.engram.v1.ImageUnit;
import dev.engram.v1.ListUnitsOfImageRequest;
import dev.engram.v1.ListUnitsOfImageResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class UnitsOfImageTest {
    private static final List<UnitRow> UNITS = List.of(
            unit(FIRST, 0, 0.3, 1, 2, 3),
            unit(FIRST, 1, 0.9, 2, 1, 3),
            dead(FIRST, 2),
            unit(LAST, 0, 0.6, 1, 3, 2),
            unit(LAST, 1, 0.6, 3, 4, 5),
            unit(LAST, 2, 0.7, 4, 3, 1));

    @Test
    void theUnitsItDrivesMostComeFirst() {
        ListUnitsOfImageResponse all = page(request(1, ""), 0, 10);
        assertEquals(List.of("conv2:0", "conv1:0", "conv1:1", "conv2:2"), names(all));
        assertEquals(List.of(1, 1, 2, 3), all.getUnitsList().stream().map(ImageUnit::getRank).toList());
        assertEquals(4, all.getTotal());
        assertEquals(2, all.getOwned());
        ImageUnit best = all.getUnits(0);
        assertEquals(3, best.getMeanActivation());
        assertEquals(0.6, best.getUnitMem());
        assertEquals(0.3, best.getNullUnitMem());
        assertEquals(2, best.getDepth());
    }

    @Test
    void countsByLayerWhateverIsListed() {
        ListUnitsOfImageResponse last = page(request(1, "conv2"), 0, 10);
        assertEquals(List.of("conv2:0", "conv2:2"), names(last));
        assertEquals(1, last.getOwned());
        ImageLayerUnits first = ImageLayerUnits.newBuilder().setLayer("conv1").setPoint("conv").setDepth(1).setUnits(2).setOwned(1).build();
        assertTrue(last.getLayersList().contains(first), last.toString());
        assertEquals(2, last.getLayersCount());
    }

    @Test
    void aDeadUnitIsNobodys() {
        assertEquals(List.of("conv1:1", "conv1:0", "conv2:0"), names(page(request(2, ""), 0, 10)));
    }

    @Test
    void anImageNoUnitKeepsHasNone() {
        ListUnitsOfImageResponse none = page(request(77, ""), 0, 10);
        assertEquals(0, none.getTotal());
        assertEquals(0, none.getLayersCount());
        assertTrue(none.getNextPageToken().isEmpty());
    }

    @Test
    void pagesMeetWithoutGapOrOverlap() {
        ListUnitsOfImageRequest request = request(1, "");
        List<String> all = new ArrayList<>();
        String token = "";
        do {
            ListUnitsOfImageResponse answer = page(
                    request, PageTokens.place(token, UnitsOfImage.listing(request)).orElseThrow(), 3);
            all.addAll(names(answer));
            token = answer.getNextPageToken();
        } while (!token.isEmpty());
        assertEquals(names(page(request, 0, 10)), all);
        String first = page(request, 0, 3).getNextPageToken();
        assertEquals(OptionalInt.empty(), PageTokens.place(first, UnitsOfImage.listing(request(2, ""))));
    }

    private static ListUnitsOfImageRequest request(long image, String layer) {
        return ListUnitsOfImageRequest.newBuilder().setImageId(image).setLayer(layer).build();
    }

    private static ListUnitsOfImageResponse page(ListUnitsOfImageRequest request, int from, int size) {
        return UnitsOfImage.of(UNITS, request.getImageId()).page(request, from, size);
    }

    private static List<String> names(ListUnitsOfImageResponse page) {
        return page.getUnitsList().stream().map(unit -> unit.getLayer() + ":" + unit.getUnit()).toList();
    }
}
