package dev.engram.metrics.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.data.SplitSizes;
import dev.engram.metrics.result.MeasureResults;
import dev.engram.metrics.result.Results;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunStateException;
import dev.engram.store.DataLossException;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.testing.Laptop;
import dev.engram.testing.PastRuns;
import dev.engram.v1.Agreement;
import dev.engram.v1.Alignment;
import dev.engram.v1.GetAgreementRequest;
import dev.engram.v1.GetAlignmentRequest;
import dev.engram.v1.GetImageScoresRequest;
import dev.engram.v1.ImageScores;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.ListUnitOwnersRequest;
import dev.engram.v1.ListUnitOwnersResponse;
import dev.engram.v1.ListUnitsOfImageRequest;
import dev.engram.v1.ListUnitsOfImageResponse;
import dev.engram.v1.ListUnitsRequest;
import dev.engram.v1.ListUnitsResponse;
import dev.engram.v1.Run.State;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import dev.engram.v1.Unit;
import dev.engram.v1.UnitMemSpec;
import dev.engram.v1.UnitOwner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Measurements in real worker processes, and their results as the service reads them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MeasureProcessTest {
    private static final RunSpec LAYER_MEM = RunSpec.newBuilder()
            .setLayerMem(LayerMemSpec.newBuilder().setPair("pairs/p"))
            .build();
    private static final RunSpec UNIT_MEM = RunSpec.newBuilder()
            .setUnitMem(UnitMemSpec.newBuilder().setPair("pairs/p").setMaxImages(24))
            .build();

    @TempDir
    static Path folder;

    private Laptop laptop;
    private Results all;
    private MeasureResults results;

    @BeforeAll
    void start() throws Exception {
        TinyPair pair = new TinyPair(folder.resolve("pair"), 1, 2, new SplitSizes(40, 20, 20, 20, 0));
        laptop = new Laptop(folder.resolve("home"));
        new PastRuns(laptop.store()).pair(TinyPair.PAIR, 0, pair::folder);
        all = Results.of(laptop.store().catalogue(), laptop.store().artifacts());
        results = all.measures();
    }

    @AfterAll
    void stop() throws Exception {
        laptop.close();
    }

    @Test
    void layersAreReadAsTheyWereMeasured() {
        laptop.submit("layers", LAYER_MEM);
        laptop.await("layers", State.SUCCEEDED);
        assertEquals(10, results.layerMem("runs/layers").getViews());
    }

    @Test
    void unitsAreListedHighestFirstPageByPage() {
        laptop.submission().submit(UNIT_MEM, "units", null);
        laptop.await("units", State.SUCCEEDED);
        int all = results.unitMem("runs/units").getLayersList().stream().mapToInt(l -> l.getUnits()).sum();
        List<Unit> units = list("", 500);
        assertEquals(all, units.size());
        for (int i = 1; i < all; i++) {
            assertTrue(units.get(i - 1).getUnitMem() >= units.get(i).getUnitMem());
        }
        List<Unit> last = list("layer3_residual2.conv", 100);
        assertEquals(256, last.size());
        assertEquals(9, last.getFirst().getTopImagesCount());
        assertEquals(List.of(last.get(5)), results.units(request("layer3_residual2.conv").setUnit(last.get(5).getUnit()).build()).getUnitsList());
        assertEquals(List.of("layer"), wrong(request("").setUnit(0)));
        assertEquals(List.of("unit"), wrong(request("prep.conv").setUnit(100_000)));
        assertEquals(List.of("page_size"), wrong(request("").setPageSize(501)));
        assertEquals(List.of("layer", "page_token"), wrong(request("fc").setPageToken("none")));
        String tokenOfAll = results.units(request("").build()).getNextPageToken();
        assertEquals(List.of("page_token"), wrong(request("prep.conv").setPageToken(tokenOfAll)));
    }

    /** Its units are those that the pair with another encoder has, and nothing tells it from itself. */
    @Test
    void oneEncoderAloneIsMeasuredAsAPairWithItself() {
        laptop.pairs().createOf("alone", TinyPair.PAIR.split(), TinyPair.PAIR.candidate(), TinyPair.PAIR.candidate(), "");
        laptop.submit("alone-layers", RunSpec.newBuilder().setLayerMem(LAYER_MEM.getLayerMem().toBuilder().setPair("pairs/alone").setViews(2)).build());
        laptop.submit("alone-units", RunSpec.newBuilder().setUnitMem(UNIT_MEM.getUnitMem().toBuilder().setPair("pairs/alone")).build());
        laptop.submission().submit(UNIT_MEM, "units", null);
        laptop.await("alone-layers", State.SUCCEEDED);
        results.layerMem("runs/alone-layers").getLayersList().forEach(layer ->
                layer.getSubsetsList().forEach(subset -> assertEquals(0, subset.getMean())));
        laptop.await("alone-units", State.SUCCEEDED);
        laptop.await("units", State.SUCCEEDED);
        assertEquals(results.unitMem("runs/units").getLayersList(), results.unitMem("runs/alone-units").getLayersList());
    }

    /** Both runs are there whatever the order of the tests: the same request is the same run. */
    @Test
    void resultsAreReadFromTheImagesSide() {
        laptop.submission().submit(LAYER_MEM, "layers", null);
        laptop.submission().submit(UNIT_MEM, "units", null);
        laptop.await("layers", State.SUCCEEDED);
        laptop.await("units", State.SUCCEEDED);
        ListUnitOwnersResponse owners = all.images().owners(ListUnitOwnersRequest.newBuilder()
                .setRun("runs/units").setLayerMem("runs/layers").setPoint("conv").setPageSize(500).build());
        assertEquals(1120, owners.getUnits());
        assertEquals(owners.getCountedUnits(), owners.getOwnersList().stream().mapToInt(UnitOwner::getUnits).sum());
        UnitOwner first = owners.getOwners(0);
        assertTrue(first.hasSslmem());
        ListUnitsOfImageResponse owned = all.images().units(
                ListUnitsOfImageRequest.newBuilder().setRun("runs/units").setImageId(first.getImageId()).build());
        assertTrue(owned.getOwned() >= first.getUnits());
        ImageScores scores = all.images().scores(
                GetImageScoresRequest.newBuilder().setRun("runs/layers").setImageId(first.getImageId()).build());
        assertEquals(first.getSslmem(), scores.getLayersList().getLast().getScore());
        Alignment alignment = all.alignment().units(
                GetAlignmentRequest.newBuilder().setRun("runs/units").setLayerMem("runs/layers").build());
        assertEquals("layer3_residual2.conv", alignment.getLayer());
        assertEquals(256, alignment.getUnits());
        assertEquals(0, alignment.getWarningsCount());
        Agreement agreement = all.agreement().agreement(GetAgreementRequest.newBuilder().setRun("runs/layers").build());
        assertEquals(20, agreement.getImages());
        assertEquals(2, agreement.getTop());
        Agreement with = all.agreement().agreement(
                GetAgreementRequest.newBuilder().setRun("runs/layers").setOtherRun("runs/layers").setTop(5).build());
        with.getPairsList().forEach(pair -> assertEquals(1, pair.getTau()));
        assertThrows(InvalidRunException.class, () -> all.agreement().agreement(
                GetAgreementRequest.newBuilder().setRun("runs/layers").setTop(21).addLayers("none").build()));
    }

    @Test
    void shardsOfAMeasureAreRunsThatItWaitsFor() {
        RunSpec whole = RunSpec.newBuilder().setUnitMem(UNIT_MEM.getUnitMem().toBuilder().setSeed(3)).build();
        RunSpec shared = RunSpec.newBuilder().setUnitMem(whole.getUnitMem().toBuilder().setShards(2)).build();
        laptop.submit("shared", shared);
        laptop.await("shared-part-2", State.RUNNING);
        laptop.kill("shared-part-2");
        laptop.await("shared-part-2", State.LOST);
        laptop.control().resume("shared");
        laptop.submit("alone", whole);
        laptop.await("alone", State.SUCCEEDED);
        assertEquals(List.of("d", "p-f", "p-g", "s", "shared-part-1", "shared-part-2"), laptop.await("shared", State.SUCCEEDED).dependencies());
        assertEquals(laptop.result("alone"), laptop.result("shared"));

        laptop.store().deletions().delete("shared");
        assertTrue(laptop.store().catalogue().runs().find("shared-part-1").isEmpty());
        assertTrue(laptop.made("alone", "result").isPresent());

        laptop.submit("in-vain", RunSpec.newBuilder().setUnitMem(shared.getUnitMem().toBuilder().setSeed(4)).build());
        laptop.control().cancel("in-vain-part-1");
        RunError error = laptop.await("in-vain", State.FAILED).error().orElseThrow();
        assertEquals(RunError.Category.DEPENDENCY_FAILED, error.getCategory());
        assertTrue(error.getMessage().contains("runs/in-vain-part-1"), error.getMessage());
        laptop.control().cancel("in-vain-part-2");
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThrows(ObjectNotFoundException.class, () -> results.layerMem("runs/none"));
        assertThrows(InvalidRunException.class, () -> results.layerMem("pairs/p"));
        assertThrows(InvalidRunException.class, () -> results.layerMem("runs/p-f"));
        RunSpec unknown = RunSpec.newBuilder()
                .setLayerMem(LayerMemSpec.newBuilder().setPair("pairs/none"))
                .build();
        InvalidRunException refused = assertThrows(
                InvalidRunException.class, () -> laptop.submission().submit(unknown, "unknown", null));
        assertEquals("spec.pair", refused.violations().getFieldViolations(0).getField());
    }

    @Test
    void aResultIsThereOnlyWhenTheRunHasSucceededAndWhole() throws Exception {
        RunSpec spec = RunSpec.newBuilder()
                .setUnitMem(UNIT_MEM.getUnitMem().toBuilder().setSeed(5))
                .build();
        laptop.submission().submit(spec, "damaged", null);
        assertThrows(RunStateException.class, () -> results.unitMem("runs/damaged"));
        laptop.await("damaged", State.SUCCEEDED);
        results.unitMem("runs/damaged");
        laptop.backend().damage(laptop.result("damaged"));
        assertThrows(DataLossException.class, () -> results.unitMem("runs/damaged"));
    }

    @Test
    void aRunOnDamagedWeightsFailsForGoodAndNamesTheObject() throws Exception {
        ResolvedPair other = new ResolvedPair("pairs/q", "encoders/q-f", "encoders/q-g", "splits/t", "datasets/e");
        Map<String, String> files = Map.of(
                other.dataset(), TinyPair.PAIR.dataset(), other.split(), TinyPair.PAIR.split(),
                other.candidate(), TinyPair.PAIR.candidate(), other.reference(), TinyPair.PAIR.reference());
        TinyPair made = new TinyPair(folder.resolve("other"), 3, 4, new SplitSizes(40, 20, 20, 20, 0));
        new PastRuns(laptop.store()).pair(other, 0, resource -> made.folder(files.get(resource)));
        String checkpoint = laptop.made("q-g", "checkpoint").orElseThrow();
        laptop.backend().damage(checkpoint);
        laptop.submit("on-damaged", RunSpec.newBuilder().setLayerMem(LayerMemSpec.newBuilder().setPair("pairs/q")).build());
        RunError error = laptop.await("on-damaged", State.FAILED).error().orElseThrow();
        assertEquals(RunError.Category.DATA_LOSS, error.getCategory());
        assertTrue(error.getMessage().matches("(?s)blobs/sha256/.*"), error.getMessage());
        assertThrows(RunStateException.class, () -> laptop.control().resume("on-damaged"));
        assertTrue(laptop.made("on-damaged", "result").isEmpty());
    }

    private List<Unit> list(String layer, int size) {
        List<Unit> units = new ArrayList<>();
        String token = "";
        do {
            ListUnitsResponse page =
                    results.units(request(layer).setPageSize(size).setPageToken(token).build());
            assertTrue(page.getUnitsCount() <= size);
            units.addAll(page.getUnitsList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return units;
    }

    private static ListUnitsRequest.Builder request(String layer) {
        return ListUnitsRequest.newBuilder().setRun("runs/units").setLayer(layer);
    }

    private List<String> wrong(ListUnitsRequest.Builder request) {
        return assertThrows(InvalidRunException.class, () -> results.units(request.build()))
                .violations()
                .getFieldViolationsList()
                .stream()
                .map(violation -> violation.getField())
                .toList();
    }
}
