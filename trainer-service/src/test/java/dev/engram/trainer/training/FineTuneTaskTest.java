package dev.engram.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.rpc.BadRequest.FieldViolation;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.RunFailure;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.trainer.FolderRun;
import dev.engram.trainer.SmallPair;
import dev.engram.trainer.SummaryFile;
import dev.engram.v1.DpSgd;
import dev.engram.v1.FineTuneResult;
import dev.engram.v1.FineTuneSpec;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainingPart;
import dev.engram.v1.TrainingRecipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FineTuneTaskTest {
    private static final FineTuneSpec SPEC = FineTuneSpec.newBuilder()
            .setSource("encoders/p-f")
            .addLayers("layer2.conv")
            .setRecipe(TrainingRecipe.newBuilder().setEpochs(2).setBatchSize(20).setSeed(3).setResumePointSteps(2).setAugmentation("fashion-grey"))
            .build();

    @TempDir
    static Path folder;

    private SmallPair pair;
    private FolderRun undisturbed;

    @BeforeAll
    void train() throws Exception {
        pair = SmallPair.in(folder);
        undisturbed = run("tuned", SPEC).execute(new FineTuneTask());
    }

    @Test
    void onlyTheLayerIsAnotherAndTheHeadIsScored() throws Exception {
        assertEquals(Set.of("layer2.conv.weight", "layer2.conv.bias"), changed(undisturbed));
        FineTuneResult result = result(undisturbed);
        assertEquals(64 * 128 * 9 + 128, result.getTrainedParameters());
        assertEquals(60, result.getTrainImages());
        assertEquals(20, result.getTestImages());
        assertEquals(result.getTestAccuracy() * 20, Math.rint(result.getTestAccuracy() * 20), 1e-9);
        assertEquals(128, result.getChanges().getLayers(0).getChangedCount());
        assertEquals(6, undisturbed.series.get("loss").size());
        try (TrainedEncoder tuned = TrainedEncoder.read(undisturbed.artifact("checkpoint"))) {
            assertEquals("fine_tune", tuned.manifest().details().get("edit"));
            assertEquals(5, tuned.identity().baselineSeed());
            assertEquals(result.getChanges().getResultSha256(), tuned.weightsDigest());
        }
    }

    @Test
    void cutShortAfterEachResumePointItEndsInTheSameBytes() throws Exception {
        FolderRun run = run("cut", SPEC).dieAfter(step -> true);
        for (int i = 0; i < 2; i++) {
            assertThrows(Error.class, () -> run.execute(new FineTuneTask()));
        }
        run.dieAfter(step -> false).execute(new FineTuneTask());
        assertEquals(List.of(2L, 4L), run.resumePoints);
        for (String role : List.of("checkpoint", "result")) {
            assertEquals(SmallPair.digests(undisturbed.artifact(role)), SmallPair.digests(run.artifact(role)), role);
        }
    }

    @Test
    void whatThisWorkerCannotMultiplyInIsSaid() {
        assumeFalse(TorchEngine.device().isCuda(), "this process computes on a card");
        FineTuneSpec rounded = SPEC.toBuilder().setRecipe(SPEC.getRecipe().toBuilder().setPrecision("tf32")).build();
        RunFailure failure = assertThrows(RunFailure.class, () -> run("tf32", rounded).execute(new FineTuneTask()));
        assertEquals(
                "spec.recipe: precision: tf32 is a mode of CUDA devices; this process computes on cpu (engram.devices)", failure.getMessage());
    }

    @Test
    void ofOneUnitAndOneImageAllElseStays() throws Exception {
        try (TrainedEncoder source = TrainedEncoder.read(pair.f().artifact("checkpoint"))) {
            FineTuneSpec one = SPEC.toBuilder().setUnit(77).addImageIds(3).setRecipe(TrainingRecipe.newBuilder().setEpochs(1).setSeed(3)).build();
            FolderRun run = run("unit", one).execute(new FineTuneTask());
            assertEquals(List.of(77), result(run).getChanges().getLayers(0).getChangedList());
            assertEquals(1, result(run).getTrainImages());
            try (TrainedEncoder tuned = TrainedEncoder.read(run.artifact("checkpoint"))) {
                float[] before = source.state().get("layer2.conv.weight").floats();
                float[] after = tuned.state().get("layer2.conv.weight").floats();
                int row = 64 * 9;
                System.arraycopy(after, 77 * row, before, 77 * row, row);
                assertArrayEquals(before, after);
            }
        }
    }

    @Test
    void aHeadAloneChangesNoWeight() throws Exception {
        FineTuneSpec head = SPEC.toBuilder().clearLayers().addParts(TrainingPart.TRAINING_PART_SHARED).build();
        FolderRun run = run("head", head).execute(new FineTuneTask());
        assertEquals(Set.of(), changed(run));
        assertEquals(40, result(run).getTrainImages());
        assertEquals(0, result(run).getTrainedParameters());
    }

    @Test
    void withBatchStatisticsNormalizationsGoOnAveraging() throws Exception {
        FolderRun run = run("statistics", SPEC.toBuilder().clearLayers().setBatchStatistics(true).build()).execute(new FineTuneTask());
        Set<String> changed = changed(run);
        assertEquals(8 * 3, changed.size());
        assertTrue(changed.stream().allMatch(name -> name.contains(".batch.running_") || name.endsWith("num_batches_tracked")), changed.toString());
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        FineTuneSpec bad = FineTuneSpec.newBuilder()
                .addLayers("a").addLayers("a")
                .setScopeValue(9)
                .setSplit("x")
                .addParts(TrainingPart.TRAINING_PART_UNSPECIFIED)
                .addImageIds(1)
                .setUnit(-1)
                .setRecipe(TrainingRecipe.newBuilder().setNetwork("vgg11_bn").setObjective("simclr").addProjector(3).setDpSgd(DpSgd.getDefaultInstance()))
                .build();
        FieldViolations violations = new FieldViolations();
        new FineTuneTask().validate(RunSpec.newBuilder().setFineTune(bad).build(), violations);
        assertEquals(
                List.of("spec.source", "spec.layers[1]", "spec.scope", "spec.split", "spec.parts[0]", "spec.parts", "spec.unit", "spec.layers",
                        "spec.recipe.network", "spec.recipe.objective", "spec.recipe.projector", "spec.recipe.dp_sgd", "spec.recipe.epochs"),
                violations.list().stream().map(FieldViolation::getField).toList());
        assertFails("spec.layers: there is no convolution or fully connected layer x", SPEC.toBuilder().addLayers("x").build());
        assertFails("spec.unit: layer2.conv has units 0 to 127, not 128", SPEC.toBuilder().setUnit(128).build());
        assertFails("spec.image_ids: the data set has no image 1000", SPEC.toBuilder().addImageIds(1000).build());
    }

    private void assertFails(String message, FineTuneSpec spec) {
        String found = assertThrows(RunFailure.class, () -> run("bad", spec).execute(new FineTuneTask())).getMessage();
        assertTrue(found.startsWith(message), found);
    }

    private FolderRun run(String id, FineTuneSpec spec) {
        return pair.f().next(id, RunSpec.newBuilder().setFineTune(spec).build());
    }

    private Set<String> changed(FolderRun run) throws Exception {
        Set<String> changed = new TreeSet<>();
        try (TrainedEncoder source = TrainedEncoder.read(pair.f().artifact("checkpoint"));
                TrainedEncoder tuned = TrainedEncoder.read(run.artifact("checkpoint"))) {
            for (String name : source.state().names()) {
                if (!Arrays.equals(source.state().get(name).bytes(), tuned.state().get(name).bytes())) {
                    changed.add(name);
                }
            }
        }
        return changed;
    }

    private static FineTuneResult result(FolderRun run) throws Exception {
        return SummaryFile.read(Files.readString(run.artifact("result").resolve(SummaryFile.RESULT)), FineTuneResult.newBuilder()).build();
    }
}
