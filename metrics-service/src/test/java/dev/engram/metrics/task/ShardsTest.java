package dev.engram.metrics.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.RunTasks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.ClassMemSpec;
import dev.engram.v1.InvarianceSpec;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.MeasureShardSpec;
import dev.engram.v1.MeasuresSpec;
import dev.engram.v1.PassMeasure;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A measure that several workers share has the result of one that is not shared. */
class ShardsTest {
    private static final RunTasks TASKS = RunTasks.load();
    private static final UnitMemSpec UNITS = UnitMemSpec.newBuilder().setPair("pairs/p").setViews(8).setTopImages(3).build();

    @TempDir
    static Path folder;

    private static TinyPair pair;
    private static int runs;

    @BeforeAll
    static void make() throws Exception {
        pair = new TinyPair(folder.resolve("pair"), 1, 2);
    }

    static Stream<RunSpec> measures() {
        return Stream.of(
                RunSpec.newBuilder().setLayerMem(LayerMemSpec.newBuilder().setPair("pairs/p").setViews(8)).build(),
                RunSpec.newBuilder().setUnitMem(UNITS).build(),
                RunSpec.newBuilder().setUnitMem(UNITS.toBuilder().setOthers(UnitMemSpec.Others.MEDIAN)).build(),
                RunSpec.newBuilder().setClassMem(ClassMemSpec.newBuilder().setPair("pairs/p").setViews(8)).build(),
                RunSpec.newBuilder()
                        .setInvariance(InvarianceSpec.newBuilder()
                                .setPair("pairs/p")
                                .setDraws(19)
                                .setMaxImages(2)
                                .setAugmentation("independent"))
                        .build(),
                RunSpec.newBuilder()
                        .setMeasures(MeasuresSpec.newBuilder()
                                .setPair("pairs/p")
                                .setViews(8)
                                .addMeasures(PassMeasure.newBuilder().setLayerMem(LayerMemSpec.newBuilder().setMaxImages(4)))
                                .addMeasures(PassMeasure.newBuilder().setUnitMem(UnitMemSpec.newBuilder().setTopImages(3))))
                        .build());
    }

    /** The images are 3 to 5 blocks, so of five shards some are empty. */
    @ParameterizedTest
    @MethodSource("measures")
    void oneTwoOrFiveShardsAreTheSameBytes(RunSpec spec) throws Exception {
        FolderRun whole = run("whole", spec).execute(task(spec));
        for (int shards : new int[] {2, 5}) {
            FolderRun merged = merged(in(spec, shards));
            assertEquals(whole.published.keySet(), merged.published.keySet());
            for (String file : whole.published.keySet()) {
                assertArrayEquals(whole.bytes(file), merged.bytes(file), file + " of " + shards + " shards");
            }
        }
    }

    @Test
    void aMeasureOfOneShardHasNoParts() {
        measures().forEach(spec -> {
            assertEquals(List.of(), task(spec).parts(spec));
            assertEquals(List.of(), task(spec).parts(in(spec, 1)));
            List<RunSpec> parts = task(spec).parts(in(spec, 3));
            assertEquals(List.of(0, 1, 2), parts.stream().map(part -> part.getMeasureShard().getShard()).toList());
            parts.forEach(part -> assertEquals(task(spec).uses(spec), task(part).uses(part)));
        });
    }

    @Test
    void aShardOfAnotherMeasureIsNamed() throws Exception {
        RunSpec units = in(measures().toList().get(1), 2);
        FolderRun layers = run("foreign", RunSpec.newBuilder()
                        .setMeasureShard(MeasureShardSpec.newBuilder()
                                .setLayerMem(LayerMemSpec.newBuilder().setPair("pairs/p").setViews(8).setMaxImages(2)))
                        .build())
                .execute(new MeasureShardTask());
        FolderRun merge = run("mixed", units).reading("runs/run-part-1", directory(layers)).reading("runs/run-part-2", directory(layers));
        RunFailure failure = assertThrows(RunFailure.class, () -> merge.execute(task(units)));
        assertEquals(RunError.Category.DATA_LOSS, failure.category());
        assertTrue(failure.getMessage().startsWith("runs/run-part-1: state.bin"), failure.getMessage());
    }

    @Test
    void whatIsNoShardIsRefused() {
        FieldViolations none = new FieldViolations();
        new MeasureShardTask().validate(RunSpec.newBuilder().setMeasureShard(MeasureShardSpec.getDefaultInstance()).build(), none);
        assertEquals(List.of("spec.measure"), none.list().stream().map(violation -> violation.getField()).toList());
        FieldViolations beyond = new FieldViolations();
        new MeasureShardTask()
                .validate(
                        RunSpec.newBuilder()
                                .setMeasureShard(MeasureShardSpec.newBuilder().setUnitMem(UNITS.toBuilder().setShards(3)).setShard(3))
                                .build(),
                        beyond);
        assertEquals("must be 0 to 2, is 3", beyond.list().getFirst().getDescription());
    }

    private static FolderRun merged(RunSpec spec) throws Exception {
        Map<String, Path> shards = new TreeMap<>();
        for (RunSpec part : task(spec).parts(spec)) {
            int shard = part.getMeasureShard().getShard();
            String name = "shard-%d-%d".formatted(task(spec).parts(spec).size(), shard);
            shards.put("runs/run-part-" + (shard + 1), directory(run(name, part).execute(new MeasureShardTask())));
        }
        FolderRun merge = run("merge-" + shards.size(), spec);
        shards.forEach(merge::reading);
        return merge.execute(task(spec));
    }

    private static Path directory(FolderRun shard) {
        return shard.published.get("state.bin").getParent();
    }

    private static RunSpec in(RunSpec spec, int shards) {
        return switch (spec.getTaskCase()) {
            case LAYER_MEM -> RunSpec.newBuilder().setLayerMem(spec.getLayerMem().toBuilder().setShards(shards)).build();
            case UNIT_MEM -> RunSpec.newBuilder().setUnitMem(spec.getUnitMem().toBuilder().setShards(shards)).build();
            case CLASS_MEM -> RunSpec.newBuilder().setClassMem(spec.getClassMem().toBuilder().setShards(shards)).build();
            case INVARIANCE -> RunSpec.newBuilder().setInvariance(spec.getInvariance().toBuilder().setShards(shards)).build();
            case MEASURES -> RunSpec.newBuilder().setMeasures(spec.getMeasures().toBuilder().setShards(shards)).build();
            default -> throw new IllegalArgumentException(spec.toString());
        };
    }

    private static RunTask task(RunSpec spec) {
        return TASKS.find(spec.getTaskCase()).orElseThrow();
    }

    private static FolderRun run(String name, RunSpec spec) {
        return new FolderRun(folder.resolve("%s-%s-%d".formatted(name, spec.getTaskCase(), runs++)), pair, spec);
    }
}
