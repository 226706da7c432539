package dev.engram.metrics.intervention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.augment.PlainInput;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.SplitSizes;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.eval.KnnProbe;
import dev.engram.encoders.eval.LinearProbe;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.metrics.task.FolderRun;
import dev.engram.metrics.task.ResultJson;
import dev.engram.metrics.task.TinyPair;
import dev.engram.metrics.task.UnitMemTask;
import dev.engram.metrics.task.UnitRow;
import dev.engram.metrics.task.UnitTable;
import dev.engram.runs.RunFailure;
import dev.engram.testing.FolderRunContext;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.PruneUnits.By;
import dev.engram.v1.PruningResult;
import dev.engram.v1.PruningSpec;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.UnitMemSpec;
import dev.engram.v1.UnitPool;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PruningTaskTest {
    private static final RunSpec UNIT_MEM = RunSpec.newBuilder()
            .setUnitMem(UnitMemSpec.newBuilder().setPair(TinyPair.PAIR.name()).setViews(2).setTopImages(1))
            .build();
    private static final PruningSpec SPEC = PruningSpec.newBuilder()
            .setSource(TinyPair.PAIR.candidate())
            .setUnitMem("runs/u")
            .addPools(UnitPool.UNIT_POOL_PER_LAYER)
            .addShares(0)
            .addShares(0.5)
            .setTrials(2)
            .setSeed(3)
            .setK(5)
            .build();

    @TempDir
    static Path folder;

    private TinyPair pair;
    private FolderRun undisturbed;
    private int runs;

    @BeforeAll
    void measure() throws Exception {
        pair = new TinyPair(folder.resolve("pair"), 1, 2, new SplitSizes(10, 6, 6, 20, 30));
        FolderRun units = new FolderRun(folder.resolve("unit-mem"), pair, UNIT_MEM).execute(new UnitMemTask());
        Path result = Files.createDirectories(pair.folder("runs/u"));
        Files.copy(units.published.get(UnitTable.FILE_NAME), result.resolve(UnitTable.FILE_NAME));
        undisturbed = run(SPEC).execute(new PruningTask());
    }

    @Test
    void accuraciesAreThoseOfAPrunedCopyProbedByHand() throws Exception {
        PruningResult result = result(undisturbed);
        assertEquals(1 + 1 + 1 + 2, result.getTrialsCount());
        assertEquals(1120, result.getUnits());
        try (TrainedEncoder encoder = TrainedEncoder.read(pair.folder(TinyPair.PAIR.candidate()))) {
            assertProbed(encoder, result.getTrials(0));
            List<UnitRow> rows = UnitTable.read(Files.readString(pair.folder("runs/u").resolve(UnitTable.FILE_NAME)));
            for (String block : List.of("prep", "layer1_head", "layer1_residual1", "layer1_residual2", "layer2", "layer3_head", "layer3_residual1", "layer3_residual2")) {
                List<UnitRow> layer = rows.stream()
                        .filter(row -> row.layer().layer().equals(block + ".relu"))
                        .sorted(Comparator.comparingDouble(UnitRow::unitMem).reversed().thenComparingInt(UnitRow::unit))
                        .toList();
                layer.subList(0, layer.size() / 2).forEach(row -> zero(encoder.state(), block, row.unit()));
            }
            assertEquals(By.HIGHEST, result.getTrials(1).getStrategy());
            assertEquals(560, result.getTrials(1).getPruned());
            assertProbed(encoder, result.getTrials(1));
        }
    }

    private static void zero(StateDict state, String block, int unit) {
        for (String tensor : List.of(".conv.weight", ".conv.bias", ".batch.weight", ".batch.bias")) {
            int row = (int) (state.get(block + tensor).elements() / state.get(block + tensor).size(0));
            byte[] all = state.get(block + tensor).bytes();
            Arrays.fill(all, unit * row * Float.BYTES, (unit + 1) * row * Float.BYTES, (byte) 0);
            state.get(block + tensor).write(ByteBuffer.wrap(all));
        }
    }

    private void assertProbed(TrainedEncoder encoder, PruningResult.Trial trial) {
        int[] known = pair.split.indices(Part.PUBLIC);
        int[] asked = pair.split.indices(Part.EXTERNAL);
        FeatureMatrix training = features(encoder, known);
        FeatureMatrix heldOut = features(encoder, asked);
        LinearProbe.Result linear = LinearProbe.fit(
                training, pair.images.labels(known), heldOut, pair.images.labels(asked), LinearProbe.DEFAULT_PENALTY);
        assertEquals(linear.heldOut().accuracy(), trial.getProbes(0).getLinear());
        assertEquals(linear.training().accuracy(), trial.getProbes(0).getLinearTrain());
        assertEquals(
                KnnProbe.heldOut(training.normalized(), pair.images.labels(known), heldOut.normalized(), pair.images.labels(asked), 5, 1)
                        .accuracy(),
                trial.getProbes(0).getKnn());
    }

    /** One image after the other, without folding. */
    private FeatureMatrix features(TrainedEncoder encoder, int[] indices) {
        float[][] rows = new float[indices.length][];
        try (Evaluation forward = Evaluation.of(encoder.encoder());
                PlainInput input = new PlainInput(encoder.identity().normalization(), encoder.identity().side());
                Scope scope = Scope.open()) {
            for (int i = 0; i < indices.length; i++) {
                rows[i] = forward.run(scope, encoder.state(), input.whole(scope, pair.images, new int[] {indices[i]})).output().floats();
            }
        }
        return FeatureMatrix.of(rows);
    }

    @Test
    void pointsAreMeansOverTrialsAndEveryCurveBeginsWithTheEncoderAsItIs() throws Exception {
        PruningResult result = result(undisturbed);
        assertEquals(3 * 2, result.getPointsCount());
        PruningResult.Point random = result.getPoints(5);
        assertEquals(By.RANDOM, random.getStrategy());
        assertEquals(2, random.getLinear().getTrials());
        double first = result.getTrials(3).getProbes(0).getLinear();
        double second = result.getTrials(4).getProbes(0).getLinear();
        assertEquals((first + second) / 2, random.getLinear().getMean(), 1e-12);
        assertTrue(random.getLinear().getLow() <= Math.min(first, second));
        for (int curve = 0; curve < 3; curve++) {
            assertEquals(result.getTrials(0).getProbes(0).getLinear(), result.getPoints(2 * curve).getLinear().getMean());
        }
        String csv = new String(undisturbed.bytes("pruning.csv"), StandardCharsets.UTF_8);
        assertEquals(1 + 3 * 2 * 2, csv.lines().count());
        assertTrue(csv.contains("splits/s,per_layer,random,0.5,560.0,linear,2,"), csv);
    }

    @Test
    void killedAfterAProbeItEndsInTheSameBytes() throws Exception {
        FolderRun run = run(SPEC).killAt(4);
        assertThrows(FolderRunContext.Death.class, () -> run.execute(new PruningTask()));
        assertEquals(List.of(1L, 2L, 3L), run.resumePoints);
        run.execute(new PruningTask());
        for (String file : List.of("result.json", "pruning.csv", "trials.csv")) {
            assertArrayEquals(undisturbed.bytes(file), run.bytes(file), file);
        }
    }

    @Test
    void whatTheInputsRuleOutIsSaidWithItsField() {
        assertEquals(
                "spec.k: must be at most the 30 images of the smallest public set, is 31",
                assertThrows(RunFailure.class, () -> run(SPEC.toBuilder().setK(31).build()).execute(new PruningTask())).getMessage());
    }

    private FolderRun run(PruningSpec spec) {
        return new FolderRun(folder.resolve("pruning-" + runs++), pair, RunSpec.newBuilder().setPruning(spec).build())
                .knowing("runs/u", UNIT_MEM)
                .knowing("splits/s", RunSpec.newBuilder().setCreateSplit(CreateSplitSpec.newBuilder().setDataset("datasets/d")).build())
                .knowing(TinyPair.PAIR.candidate(), RunSpec.newBuilder().setTrainEncoder(TrainEncoderSpec.newBuilder().setSplit("splits/s")).build());
    }

    private static PruningResult result(FolderRun run) throws Exception {
        return ResultJson.read(new String(run.bytes("result.json"), StandardCharsets.UTF_8), PruningResult.newBuilder()).build();
    }
}
