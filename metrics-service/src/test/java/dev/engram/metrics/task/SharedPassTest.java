package dev.engram.metrics.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.data.Part;
import dev.engram.encoders.engine.Tensor;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunStopped;
import dev.engram.runs.RunTask;
import dev.engram.runs.RunTasks;
import dev.engram.testing.FolderRunContext;
import dev.engram.v1.ClassMemSpec;
import dev.engram.v1.Distance;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.MeasuresSpec;
import dev.engram.v1.PassMeasure;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures that share a pass have the results that they have by themselves. */
class SharedPassTest {
    private static final RunTasks TASKS = RunTasks.load();
    private static final MeasuresSpec PASS = MeasuresSpec.newBuilder()
            .setPair("pairs/p")
            .setViews(4)
            .setSeed(3)
            .addMeasures(PassMeasure.newBuilder().setLayerMem(LayerMemSpec.newBuilder().setMaxImages(9)))
            .addMeasures(PassMeasure.newBuilder().setUnitMem(UnitMemSpec.newBuilder().setTopImages(3)))
            .addMeasures(PassMeasure.newBuilder().setLayerMem(LayerMemSpec.newBuilder().setDistance(Distance.L1).setPooled(true)))
            .addMeasures(PassMeasure.newBuilder()
                    .setUnitMem(UnitMemSpec.newBuilder().setReference(true).setOthers(UnitMemSpec.Others.MEDIAN).setMaxImages(11)))
            .addMeasures(PassMeasure.newBuilder().setUnitMem(UnitMemSpec.newBuilder().addAllImageIds(List.of(3L, 5L, 9L, 11L, 4L))))
            .addMeasures(PassMeasure.newBuilder().setClassMem(ClassMemSpec.newBuilder().setSign(UnitMemSpec.Sign.ABSOLUTE)))
            .build();

    @TempDir
    static Path folder;

    private static TinyPair pair;
    private static FolderRun pass;
    private static int runs;

    @BeforeAll
    static void measure() throws Exception {
        pair = new TinyPair(folder.resolve("pair"), 1, 2);
        pass = run("pass", RunSpec.newBuilder().setMeasures(PASS).build()).execute(new MeasuresTask());
    }

    @Test
    void eachHasTheBytesThatItHasByItself() throws Exception {
        for (RunSpec whole : MeasuresRules.wholes(PASS)) {
            RunTask task = TASKS.find(whole.getTaskCase()).orElseThrow();
            FolderRun alone = run("alone", whole).execute(task);
            FolderRun together = taking(whole).execute(task);
            assertEquals(alone.published.keySet(), together.published.keySet());
            for (String file : alone.published.keySet()) {
                assertArrayEquals(alone.bytes(file), together.bytes(file), file + " of " + whole);
            }
            assertTrue(together.stages.stream().noneMatch(stage -> stage.startsWith("measuring") || stage.startsWith("calib")), together.stages.toString());
        }
    }

    @Test
    void killedAndPausedItEndsWithTheSameBytes() throws Exception {
        AtomicLong seconds = new AtomicLong();
        RunTask savesEveryBlock = new MeasuresTask(() -> seconds.addAndGet(10_000_000_000L));
        FolderRun disturbed = run("disturbed", RunSpec.newBuilder().setMeasures(PASS).build()).killAt(25).stopAt(40, Run.State.PAUSED);
        long before = Tensor.alive();
        assertThrows(FolderRunContext.Death.class, () -> disturbed.execute(savesEveryBlock));
        assertThrows(RunStopped.class, () -> disturbed.execute(savesEveryBlock));
        assertEquals(before, Tensor.alive());
        disturbed.execute(savesEveryBlock);
        assertEquals(pass.published.keySet(), disturbed.published.keySet());
        for (String file : pass.published.keySet()) {
            assertArrayEquals(pass.bytes(file), disturbed.bytes(file), file);
        }
    }

    @Test
    void whatThePassHasNotMeasuredIsRefused() {
        RunSpec other = MeasuresRules.wholes(PASS.toBuilder().setSeed(4).build()).getFirst();
        RunFailure failure = assertThrows(RunFailure.class, () -> taking(other).execute(new LayerMemTask()));
        assertEquals(RunError.Category.INVALID_SPEC, failure.category());
        assertEquals("spec.pass: runs/pass has not measured this", failure.getMessage());
    }

    /** Ten candidates of all, nine and six of them, in blocks of four: only the ends of the shorter lists differ. */
    @Test
    void blocksAreSharedUpToTheEndOfTheShorterList() {
        List<MeasuredImages> images =
                List.of(MeasuredImages.ofSplit(pair.split, 0, 3), MeasuredImages.ofSplit(pair.split, 9, 3), MeasuredImages.ofSplit(pair.split, 6, 3));
        SharedBlocks shared = SharedBlocks.of(images, 4);
        List<int[]> candidates = shared.blocks().blocks().subList(0, 5);
        assertEquals(List.of(4, 2, 4, 1, 2), candidates.stream().map(block -> block.length).toList());
        assertEquals(
                List.of(List.of(0, 1, 2), List.of(2), List.of(0, 1), List.of(1), List.of(0)),
                candidates.stream().map(shared::users).toList());
        for (int i = 0; i < images.size(); i++) {
            int[] alone = images.get(i).groups().stream().flatMapToInt(group -> IntStream.of(group.images())).toArray();
            assertArrayEquals(alone, shared.of(shared.blocks(), i).blocks().stream().flatMapToInt(IntStream::of).toArray());
        }
    }

    @Test
    void fewerTrainingImagesAreOfBothPartsInProportionAndTheBeginningOfMore() {
        MeasuredImages few = MeasuredImages.ofTraining(pair.split, false, 11, 3);
        assertEquals(List.of(5, 6), List.of(few.of(Part.CANDIDATE).length, few.of(Part.SHARED).length));
        MeasuredImages of = MeasuredImages.ofSplit(pair.split, 9, 3);
        for (Part part : List.of(Part.CANDIDATE, Part.SHARED)) {
            assertArrayEquals(few.of(part), IntStream.of(of.of(part)).limit(few.of(part).length).toArray());
        }
    }

    private static FolderRun taking(RunSpec whole) {
        RunSpec taking = MeasuresRules.taking(whole, "runs/pass");
        return run("taking", taking)
                .reading("runs/pass", pass.published.get("state-1.bin").getParent())
                .knowing("runs/pass", RunSpec.newBuilder().setMeasures(PASS).build());
    }

    private static FolderRun run(String name, RunSpec spec) {
        return new FolderRun(folder.resolve(name + "-" + runs++), pair, spec);
    }
}
