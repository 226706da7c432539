package dev.engram.metrics.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.checkpoint.SafetensorsReader;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Tensor;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunStopped;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.testing.FolderRunContext;
import dev.engram.v1.CkaResult;
import dev.engram.v1.CkaSpec;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CkaTaskTest {
    private static final CkaSpec SPEC = CkaSpec.newBuilder()
            .setFirst("encoders/p-f")
            .setSecond("encoders/p-g")
            .setDataset("datasets/d")
            .setBatchSize(10)
            .build();

    @TempDir
    static Path folder;

    private TinyPair random;
    private FolderRun undisturbed;

    @BeforeAll
    void compare() throws Exception {
        random = new TinyPair(folder.resolve("random"), 1, 2);
        undisturbed = run("undisturbed", SPEC).execute(new CkaTask());
    }

    @Test
    void everyLayerAgainstEveryLayer() throws Exception {
        CkaResult result = result(undisturbed);
        assertEquals(random.images.size() / 10, result.getBatches());
        assertEquals(10, result.getBatchSize());
        assertEquals(8, result.getFirstList().stream().filter(layer -> layer.getPoint().equals("conv")).count());
        assertEquals(result.getFirstList(), result.getSecondList());
        assertEquals(result.getFirstCount() * result.getSecondCount(), result.getCkaCount());
        assertEquals(32 * 32 * 32, result.getFirst(0).getValues());
        result.getCkaList().forEach(value -> assertTrue(value > -0.5 && value < 1.1, "CKA " + value));
        assertEquals(1 + result.getCkaCount(), Files.readAllLines(undisturbed.published.get("cka.csv")).size());
        try (StateDict arrays = SafetensorsReader.read(undisturbed.published.get("cka.safetensors")).state()) {
            assertArrayEquals(
                    result.getCkaList().stream().mapToDouble(Double::doubleValue).toArray(), arrays.get("cka").doubles());
        }
    }

    @Test
    void anEncoderIsLikeItselfAtEveryLayer() throws Exception {
        for (boolean pooled : new boolean[] {false, true}) {
            CkaSpec own = SPEC.toBuilder().setSecond(SPEC.getFirst()).setPooled(pooled).build();
            CkaResult result = result(run("own-" + pooled, own).execute(new CkaTask()));
            int layers = result.getFirstCount();
            for (int i = 0; i < layers; i++) {
                assertEquals(1, result.getCka(i * layers + i), 1e-9, result.getFirst(i).getLayer());
                for (int j = 0; j < i; j++) {
                    assertEquals(result.getCka(i * layers + j), result.getCka(j * layers + i), 1e-9);
                }
            }
        }
    }

    @Test
    void killedOrPausedAnywhereItEndsWithTheSameBytes() throws Exception {
        AtomicLong seconds = new AtomicLong();
        RunTask savesEveryBlock = new CkaTask(() -> seconds.addAndGet(10_000_000_000L));
        FolderRun killed = run("killed", SPEC).killAt(30);
        assertThrows(FolderRunContext.Death.class, () -> killed.execute(savesEveryBlock));
        assertSameFiles(killed.execute(savesEveryBlock));
        assertTrue(killed.log.contains("INFO taken up again after 10 images"), killed.log.toString());

        FolderRun paused = run("paused", SPEC).stopAt(20, Run.State.PAUSED);
        assertThrows(RunStopped.class, () -> paused.execute(new CkaTask()));
        assertSameFiles(paused.execute(new CkaTask()));
    }

    @Test
    void cancelledItLeavesNothingNative() {
        long before = Tensor.alive();
        FolderRun cancelled = run("cancelled", SPEC).stopAt(10, Run.State.CANCELLED);
        assertThrows(RunStopped.class, () -> cancelled.execute(new CkaTask()));
        assertEquals(before, Tensor.alive());
        assertTrue(cancelled.published.isEmpty());
    }

    @Test
    void aDamagedCheckpointIsNamed() throws Exception {
        TinyPair damaged = new TinyPair(folder.resolve("damaged"), 1, 2);
        Path weights = damaged.folder("encoders/p-g").resolve("encoder.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length / 2] ^= 1;
        Files.write(weights, bytes);
        FolderRun run = new FolderRun(folder.resolve("damaged-run"), damaged, RunSpec.newBuilder().setCka(SPEC).build());
        RunFailure failure = assertThrows(RunFailure.class, () -> run.execute(new CkaTask()));
        assertEquals(RunError.Category.DATA_LOSS, failure.category());
        assertTrue(failure.getMessage().startsWith("encoders/p-g: "), failure.getMessage());
    }

    @Test
    void aBatchLargerThanTheDataIsRefused() {
        CkaSpec large = SPEC.toBuilder().setBatchSize(512).build();
        RunFailure failure = assertThrows(RunFailure.class, () -> run("large", large).execute(new CkaTask()));
        assertEquals(RunError.Category.INVALID_SPEC, failure.category());
        assertTrue(failure.getMessage().contains("spec.batch_size"), failure.getMessage());
    }

    @Test
    void everyWrongFieldIsReportedAtOnce() {
        FieldViolations violations = new FieldViolations();
        CkaSpec wrong = CkaSpec.newBuilder()
                .setSecond("pairs/p")
                .setDataset("datasets/A B")
                .setEstimatorValue(9)
                .setBatchSize(3)
                .setMaxImages(2)
                .build();
        new CkaTask().validate(RunSpec.newBuilder().setCka(wrong).build(), violations);
        assertEquals(
                List.of("spec.first", "spec.second", "spec.dataset", "spec.estimator", "spec.batch_size", "spec.max_images"),
                violations.list().stream().map(violation -> violation.getField()).toList());
        assertEquals("is required: encoders/…", violations.list().getFirst().getDescription());
    }

    private void assertSameFiles(FolderRun run) throws Exception {
        for (String file : List.of("result.json", "cka.csv", "cka.safetensors")) {
            assertArrayEquals(undisturbed.bytes(file), run.bytes(file), file);
        }
    }

    private FolderRun run(String name, CkaSpec spec) {
        return new FolderRun(folder.resolve(name), random, RunSpec.newBuilder().setCka(spec).build());
    }

    private static CkaResult result(FolderRun run) throws Exception {
        return ResultJson.read(new String(run.bytes("result.json"), StandardCharsets.UTF_8), CkaResult.newBuilder()).build();
    }
}
