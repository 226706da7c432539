package dev.engram.metrics.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.PlainInput;
import dev.engram.encoders.checkpoint.SafetensorsReader;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.ResNet9;
import dev.engram.encoders.network.TapRequest;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunStopped;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.testing.FolderRunContext;
import dev.engram.v1.ClassLayerSummary;
import dev.engram.v1.ClassMemResult;
import dev.engram.v1.ClassMemSpec;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClassMemTaskTest {
    private static final ClassMemSpec SPEC = ClassMemSpec.newBuilder().setPair("pairs/p").build();

    @TempDir
    static Path folder;

    private TinyPair pair;
    private FolderRun undisturbed;

    @BeforeAll
    void measure() throws Exception {
        pair = new TinyPair(folder.resolve("pair"), 1, 2);
        undisturbed = run("undisturbed", SPEC).execute(new ClassMemTask());
    }

    @Test
    void everyUnitOfEveryLayer() throws Exception {
        ClassMemResult result = result(undisturbed);
        assertEquals(22, result.getTrainingImages());
        assertEquals(10, result.getExternalImages());
        assertTrue(result.getTrainingClasses() >= 2 && result.getExternalClasses() >= 2);
        int units = result.getLayersList().stream().mapToInt(ClassLayerSummary::getUnits).sum();
        List<String> rows = Files.readAllLines(undisturbed.published.get("units.csv"));
        assertEquals(1 + units, rows.size());
        for (ClassLayerSummary layer : result.getLayersList()) {
            assertEquals(layer.getUnits(), layer.getClassMemHistogramList().stream().mapToInt(Integer::intValue).sum());
            assertEquals(layer.getUnits(), layer.getSelectivityHistogramList().stream().mapToInt(Integer::intValue).sum());
            assertEquals(layer.getClassMemMax(), layer.getTopUnits(0).getClassMem());
            assertTrue(layer.getClassMemMean() >= 0 && layer.getClassMemMax() <= 1, layer.getLayer());
        }
        try (StateDict arrays = SafetensorsReader.read(undisturbed.published.get("classmem.safetensors")).state()) {
            List<String> columns = List.of(rows.getFirst().split(","));
            for (String column : List.of("class_mem", "class", "mu_max", "mu_others", "selectivity", "selectivity_class", "unit")) {
                double[] fromCsv = rows.stream().skip(1).mapToDouble(row -> Double.parseDouble(row.split(",")[columns.indexOf(column)])).toArray();
                boolean whole = Set.of("class", "selectivity_class", "unit").contains(column);
                assertArrayEquals(
                        fromCsv, whole ? Arrays.stream(arrays.get(column).longs()).asDoubleStream().toArray() : arrays.get(column).doubles(), column);
            }
        }
    }

    /** One unit of one layer by hand: class means of the mean positive activation, then the largest against the others. */
    @Test
    void aUnitAsByTheDefinition() throws Exception {
        String path = "layer2.conv";
        int unit = 5;
        TapRequest request = TapRequest.raw(path);
        int[] indices = pair.split.trainingOfF();
        double[] sums = new double[pair.images.classNames().size()];
        int[] counts = new int[sums.length];
        try (Scope scope = Scope.open();
                TrainedEncoder encoder = TrainedEncoder.read(pair.folder("encoders/p-f"));
                PlainInput input = new PlainInput(AugmentationRecipe.named(encoder.augmentation()).normalization(), 32);
                Evaluation forward = Evaluation.of(ResNet9.encoder(), List.of(request))) {
            Tensor tap = forward.run(scope, encoder.state(), input.whole(scope, pair.images, indices)).tap(request);
            float[] values = tap.floats();
            int positions = (int) (tap.size(2) * tap.size(3));
            for (int image = 0; image < indices.length; image++) {
                double mean = 0;
                for (int p = 0; p < positions; p++) {
                    mean += Math.max(0, values[(image * (int) tap.size(1) + unit) * positions + p]) / positions;
                }
                sums[pair.images.label(indices[image])] += mean;
                counts[pair.images.label(indices[image])]++;
            }
        }
        double max = 0;
        double total = 0;
        int classes = 0;
        for (int label = 0; label < sums.length; label++) {
            if (counts[label] > 0) {
                classes++;
                total += sums[label] / counts[label];
                max = Math.max(max, sums[label] / counts[label]);
            }
        }
        double others = (total - max) / (classes - 1);
        String row = Files.readAllLines(undisturbed.published.get("units.csv")).stream()
                .filter(line -> line.startsWith(path + ",conv,5," + unit + ","))
                .findFirst()
                .orElseThrow();
        assertEquals((max - others) / (max + others), Double.parseDouble(row.split(",")[4]), 1e-5);
    }

    @Test
    void viewsAndTheReferenceAreOtherMeasurements() throws Exception {
        FolderRun views = run("views", SPEC.toBuilder().setViews(3).build()).execute(new ClassMemTask());
        FolderRun reference = run("reference", SPEC.toBuilder().setReference(true).build()).execute(new ClassMemTask());
        assertNotEquals(text(undisturbed, "units.csv"), text(views, "units.csv"));
        assertNotEquals(text(undisturbed, "units.csv"), text(reference, "units.csv"));
        assertEquals(3, result(views).getViews());
    }

    @Test
    void killedOrPausedAnywhereItEndsWithTheSameBytes() throws Exception {
        ClassMemSpec spec = SPEC.toBuilder().setViews(8).build();
        FolderRun whole = run("whole", spec).execute(new ClassMemTask());
        AtomicLong seconds = new AtomicLong();
        ClassMemTask savesEveryBlock = new ClassMemTask(() -> seconds.addAndGet(10_000_000_000L));
        FolderRun disturbed = run("disturbed", spec).killAt(20).stopAt(20, Run.State.PAUSED);
        assertThrows(FolderRunContext.Death.class, () -> disturbed.execute(savesEveryBlock));
        assertThrows(RunStopped.class, () -> disturbed.execute(savesEveryBlock));
        disturbed.execute(savesEveryBlock);
        for (String file : List.of("result.json", "units.csv", "classmem.safetensors")) {
            assertArrayEquals(whole.bytes(file), disturbed.bytes(file), file);
        }
    }

    @Test
    void cancelledItLeavesNothingNative() {
        long before = Tensor.alive();
        FolderRun cancelled = run("cancelled", SPEC).stopAt(10, Run.State.CANCELLED);
        assertThrows(RunStopped.class, () -> cancelled.execute(new ClassMemTask()));
        assertEquals(before, Tensor.alive());
        assertTrue(cancelled.published.isEmpty());
    }

    @Test
    void everyWrongFieldIsReportedAtOnce() {
        FieldViolations violations = new FieldViolations();
        ClassMemSpec wrong = ClassMemSpec.newBuilder()
                .setViews(65)
                .setSignValue(7)
                .setAugmentation("none such")
                .setMaxImages(1)
                .build();
        new ClassMemTask().validate(RunSpec.newBuilder().setClassMem(wrong).build(), violations);
        assertEquals(
                List.of("spec.pair", "spec.views", "spec.sign", "spec.augmentation", "spec.max_images"),
                violations.list().stream().map(violation -> violation.getField()).toList());
    }

    @Test
    void imagesOfOneClassAreRefused() throws Exception {
        RunFailure failure = null;
        for (long seed = 0; failure == null && seed < 60; seed++) {
            ClassMemSpec two = SPEC.toBuilder().setMaxImages(2).setSeed(seed).build();
            try {
                run("two-" + seed, two).execute(new ClassMemTask());
            } catch (RunFailure e) {
                failure = e;
            }
        }
        assertEquals(RunError.Category.INVALID_SPEC, failure.category());
        assertTrue(failure.getMessage().contains("of 1 class"), failure.getMessage());
    }

    private FolderRun run(String name, ClassMemSpec spec) {
        return new FolderRun(folder.resolve(name), pair, RunSpec.newBuilder().setClassMem(spec).build());
    }

    private static ClassMemResult result(FolderRun run) throws Exception {
        return ResultJson.read(text(run, "result.json"), ClassMemResult.newBuilder()).build();
    }

    private static String text(FolderRun run, String file) throws Exception {
        return new String(run.bytes(file), StandardCharsets.UTF_8);
    }
}
