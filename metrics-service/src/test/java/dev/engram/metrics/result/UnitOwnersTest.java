package dev.engram.metrics.result;

import static dev.engram.metrics.result.UnitImages.FIRST;
import static dev.engram.metrics.result.UnitImages.LAST;
import static dev.engram.metrics.result.UnitImages.dead;
import static dev.engram.metrics.result.UnitImages.unit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.metrics.layermem.SslMemTable;
import dev.engram.metrics.task.UnitRow;
import dev.engram.v1.ListUnitOwnersRequest;
import dev.engram.v1.ListUnitOwnersResponse;
import dev.engram.v1.UnitOwner;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitOwnersTest {
    private static final List<UnitRow> UNITS = List.of(
            unit(FIRST, 0, 0.9, 7),
            unit(FIRST, 1, 0.8, 3),
            unit(FIRST, 2, 0.7, 7),
            unit(FIRST, 3, 0.6, 5),
            unit(LAST, 0, 0.6, 3),
            unit(LAST, 1, 0.1, 7),
            dead(LAST, 2),
            dead(LAST, 3));

    @Test
    void mostUnitsFirstAndEqualCountsById() {
        UnitOwners owners = UnitOwners.of(UNITS, 100);
        assertEquals(List.of(7L, 3L, 5L), owners.owners().stream().map(UnitOwners.Owner::image).toList());
        assertEquals(List.of(3, 2, 1), owners.owners().stream().map(UnitOwners.Owner::units).toList());
        assertEquals(0.9, owners.owners().getFirst().maxUnitMem());
        assertEquals(8, owners.units());
        assertEquals(6, owners.counted(), "dead units own nothing");
    }

    /** The 50th percentile of (0, 0, .1, .6, .6, .7, .8, .9) is .6, and both units of .6 count. */
    @Test
    void equalValuesAtTheThresholdAllCount() {
        UnitOwners half = UnitOwners.of(UNITS, 50);
        assertEquals(0.6, half.threshold());
        assertEquals(5, half.counted());
        assertEquals(UnitOwners.of(UNITS, 10).threshold(), UnitOwners.of(UNITS, 0).threshold());
        assertEquals(0.83, UnitOwners.of(UNITS, 0).threshold(), 1e-12);
        assertEquals(1, UnitOwners.of(UNITS, 0).counted());
    }

    @Test
    void besideTheirSslMem() {
        SslMemTable table = new SslMemTable(
                List.of(FIRST, LAST),
                new int[] {3, 7},
                new String[] {"shared", "candidate"},
                new double[][] {{1, 1}, {1, 0.2}},
                new double[][] {{1, 1}, {1, 0.6}});
        ListUnitOwnersResponse page = UnitOwners.of(UNITS, 100)
                .beside(table, List.of("a warning"))
                .page(ListUnitOwnersRequest.getDefaultInstance(), 0, 10);
        UnitOwner first = page.getOwners(0);
        assertEquals(0.5, first.getSslmem(), 1e-12);
        assertEquals("candidate", first.getSubset());
        assertTrue(page.getOwners(1).hasSslmem());
        assertEquals(0, page.getOwners(1).getSslmem());
        assertFalse(page.getOwners(2).hasSslmem(), "image 5 was not measured");
        assertEquals(List.of("a warning"), page.getWarningsList());
    }

    @Test
    void pagesGoOnWhereTheLastEnded() {
        ListUnitOwnersRequest request = ListUnitOwnersRequest.newBuilder().setPercent(100).build();
        UnitOwners owners = UnitOwners.of(UNITS, 100);
        ListUnitOwnersResponse first = owners.page(request, 0, 2);
        int next = PageTokens.place(first.getNextPageToken(), UnitOwners.listing(request)).orElseThrow();
        ListUnitOwnersResponse second = owners.page(request, next, 2);
        assertEquals(5, second.getOwners(0).getImageId());
        assertEquals(3, second.getTotal());
        assertTrue(second.getNextPageToken().isEmpty());
        ListUnitOwnersRequest other = request.toBuilder().setPercent(50).build();
        assertTrue(PageTokens.place(first.getNextPageToken(), UnitOwners.listing(other)).isEmpty());
    }
}
