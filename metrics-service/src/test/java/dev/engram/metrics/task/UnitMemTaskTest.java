package dev.engram.metrics.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.checkpoint.SafetensorsReader;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.engine.Tensor;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunStopped;
import dev.engram.testing.FolderRunContext;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitLayerSummary;
import dev.engram.v1.UnitMemResult;
import dev.engram.v1.UnitMemSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnitMemTaskTest {
    private static final List<String> FILES = List.of("result.json", "units.csv", "unitmem.safetensors");
    private static final UnitMemSpec SPEC = UnitMemSpec.newBuilder()
            .setPair("pairs/p")
            .setViews(8)
            .setTopImages(3)
            .build();

    @TempDir
    static Path folder;

    private TinyPair pair;
    private FolderRun undisturbed;

    @BeforeAll
    void measure() throws Exception {
        pair = new TinyPair(folder.resolve("pair"), 1, 2);
        undisturbed = run("undisturbed", SPEC).execute(new UnitMemTask());
    }

    @Test
    void everyUnitOfEveryLayer() throws Exception {
        UnitMemResult result = result(undisturbed);
        assertEquals(22, result.getImages());
        assertEquals(8, result.getViews());
        assertEquals(UnitMemSpec.Others.MEAN, result.getOthers());
        assertEquals(
                1120,
                result.getLayersList().stream()
                        .filter(layer -> layer.getPoint().equals("conv"))
                        .mapToInt(UnitLayerSummary::getUnits)
                        .sum());
        List<UnitRow> units = UnitTable.read(text(undisturbed, "units.csv"));
        assertEquals(result.getLayersList().stream().mapToInt(UnitLayerSummary::getUnits).sum(), units.size());
        for (UnitLayerSummary layer : result.getLayersList()) {
            assertEquals(layer.getUnits(), layer.getHistogramList().stream().mapToInt(Integer::intValue).sum());
            double mean = units.stream()
                    .filter(unit -> unit.layer().layer().equals(layer.getLayer()))
                    .mapToDouble(UnitRow::unitMem)
                    .average()
                    .orElseThrow();
            assertEquals(mean, layer.getMean(), 1e-12);
            assertTrue(layer.getMean() >= 0 && layer.getMax() <= 1, layer.toString());
        }
        units.forEach(unit -> assertEquals(3, unit.topImages().size()));
        try (StateDict arrays = SafetensorsReader.read(undisturbed.published.get("unitmem.safetensors")).state()) {
            assertArrayEquals(units.stream().mapToDouble(UnitRow::unitMem).toArray(), arrays.get("unit_mem").doubles());
            assertArrayEquals(units.stream().mapToDouble(UnitRow::nullUnitMem).toArray(), arrays.get("null_unit_mem").doubles());
            assertArrayEquals(units.stream().mapToDouble(UnitRow::max).toArray(), arrays.get("mu_max").doubles());
            assertArrayEquals(units.stream().mapToDouble(UnitRow::others).toArray(), arrays.get("mu_others").doubles());
            assertArrayEquals(units.stream().mapToLong(UnitRow::ties).toArray(), arrays.get("ties").longs());
            assertArrayEquals(units.stream().mapToLong(unit -> unit.dead() ? 1 : 0).toArray(), arrays.get("dead").longs());
            assertArrayEquals(units.stream().mapToLong(UnitRow::unit).toArray(), arrays.get("unit").longs());
            assertArrayEquals(new long[] {units.size(), 3}, arrays.get("top_images").shape());
            assertArrayEquals(
                    units.stream().flatMap(unit -> unit.topImages().stream()).mapToLong(UnitRow.TopImage::id).toArray(), arrays.get("top_images").longs());
        }
    }

    /**
     * The pair's encoders have the weights they began with, so each is its own null but for the statistics of its normalizations: the first convolution,
     * which no normalization precedes, is the same to the bit.
     */
    @Test
    void theNullBaselineIsTheSameNetworkWithItsFirstWeightsCalibrated() throws Exception {
        List<UnitRow> units = UnitTable.read(text(undisturbed, "units.csv"));
        units.stream()
                .filter(unit -> unit.layer().layer().equals("prep.conv"))
                .forEach(unit -> assertEquals(unit.unitMem(), unit.nullUnitMem()));
        for (UnitLayerSummary layer : result(undisturbed).getLayersList()) {
            assertEquals(layer.getLayer().equals("prep.conv"), layer.getMean() == layer.getNullMean(), layer.getLayer());
        }
    }

    @Test
    void theReferenceIsMeasuredOnItsOwnTrainingImages() throws Exception {
        FolderRun reference = run("reference", SPEC.toBuilder().setReference(true).build()).execute(new UnitMemTask());
        assertNotEquals(text(undisturbed, "units.csv"), text(reference, "units.csv"));
        int[] training = pair.split.trainingOfG();
        int[] ids = pair.images.ids(training);
        UnitTable.read(text(reference, "units.csv")).forEach(unit -> unit.topImages()
                .forEach(top -> assertTrue(Arrays.stream(ids).anyMatch(id -> id == top.id()))));
    }

    @Test
    void killedOrPausedAnywhereItEndsWithTheSameBytes() throws Exception {
        for (UnitMemSpec.Others others : List.of(UnitMemSpec.Others.MEAN, UnitMemSpec.Others.MEDIAN)) {
            UnitMemSpec spec = SPEC.toBuilder().setOthers(others).build();
            FolderRun whole = run("whole-" + others, spec).execute(new UnitMemTask());
            AtomicLong seconds = new AtomicLong();
            UnitMemTask savesEveryBlock = new UnitMemTask(() -> seconds.addAndGet(10_000_000_000L));
            FolderRun disturbed = run("disturbed-" + others, spec).killAt(20).stopAt(20, Run.State.PAUSED);
            assertThrows(FolderRunContext.Death.class, () -> disturbed.execute(savesEveryBlock));
            assertThrows(RunStopped.class, () -> disturbed.execute(savesEveryBlock));
            assertEquals(List.of(10L, 20L), disturbed.resumePoints);
            disturbed.execute(savesEveryBlock);
            for (String file : FILES) {
                assertArrayEquals(whole.bytes(file), disturbed.bytes(file), file);
            }
        }
    }

    @Test
    void theMedianIsAnotherScoreOfTheSameMaximum() throws Exception {
        FolderRun median = run("median", SPEC.toBuilder().setOthers(UnitMemSpec.Others.MEDIAN).build())
                .execute(new UnitMemTask());
        List<UnitRow> byMean = UnitTable.read(text(undisturbed, "units.csv"));
        List<UnitRow> byMedian = UnitTable.read(text(median, "units.csv"));
        for (int i = 0; i < byMean.size(); i++) {
            assertEquals(byMean.get(i).max(), byMedian.get(i).max());
            assertEquals(byMean.get(i).topImages(), byMedian.get(i).topImages());
        }
        assertNotEquals(
                byMean.stream().map(UnitRow::others).toList(), byMedian.stream().map(UnitRow::others).toList());
    }

    @Test
    void cancelledItLeavesNothingNative() {
        long before = Tensor.alive();
        FolderRun cancelled = run("cancelled", SPEC).stopAt(10, Run.State.CANCELLED);
        assertThrows(RunStopped.class, () -> cancelled.execute(new UnitMemTask()));
        assertEquals(before, Tensor.alive());
        assertTrue(cancelled.published.isEmpty());
    }

    @Test
    void twoImagesAreEnough() throws Exception {
        FolderRun two = run("two", SPEC.toBuilder().setMaxImages(2).build()).execute(new UnitMemTask());
        assertEquals(2, result(two).getImages());
        UnitTable.read(text(two, "units.csv")).forEach(unit -> assertEquals(2, unit.topImages().size()));
    }

    /** All training images by name, in any order, are the training images; ids that are not there are told. */
    @Test
    void namedImagesAreMeasuredAndNoOthers() throws Exception {
        List<Long> ids = Arrays.stream(pair.images.ids(pair.split.trainingOfF())).mapToObj(Long::valueOf).toList();
        FolderRun all = run("all", SPEC.toBuilder().addAllImageIds(ids.reversed()).build()).execute(new UnitMemTask());
        assertEquals(text(undisturbed, "units.csv"), text(all, "units.csv"));

        long unseen = pair.images.id(pair.split.indices(Part.EXTERNAL)[0]);
        FolderRun two = run("unseen", SPEC.toBuilder().addImageIds(unseen).addImageIds(ids.getFirst()).build()).execute(new UnitMemTask());
        UnitTable.read(text(two, "units.csv")).forEach(unit -> assertEquals(
                Set.of(unseen, ids.getFirst()), unit.topImages().stream().map(top -> (long) top.id()).collect(Collectors.toSet())));

        FolderRun wrong = run("wrong", SPEC.toBuilder().addImageIds(ids.getFirst()).addImageIds(1_000_000).addImageIds(999_999).build());
        RunFailure failure = assertThrows(RunFailure.class, () -> wrong.execute(new UnitMemTask()));
        assertEquals("spec.image_ids: the data set has no image 999999, 1000000", failure.getMessage());
    }

    private FolderRun run(String name, UnitMemSpec spec) {
        return new FolderRun(
                folder.resolve(name), pair, RunSpec.newBuilder().setUnitMem(spec).build());
    }

    private static UnitMemResult result(FolderRun run) throws Exception {
        return ResultJson.read(text(run, "result.json"), UnitMemResult.newBuilder()).build();
    }

    private static String text(FolderRun run, String file) throws Exception {
        return new String(run.bytes(file), StandardCharsets.UTF_8);
    }
}
