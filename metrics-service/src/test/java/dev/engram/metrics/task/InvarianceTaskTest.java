package dev.engram.metrics.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.augment.PlainInput;
import dev.engram.encoders.checkpoint.SafetensorsReader;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.testing.FolderRunContext;
import dev.engram.v1.InvarianceResult;
import dev.engram.v1.InvarianceSpec;
import dev.engram.v1.LayerInvariance;
import dev.engram.v1.OperationInvariance;
import dev.engram.v1.RunSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvarianceTaskTest {
    private static final int SIDE = 32;
    private static final InvarianceSpec SPEC =
            InvarianceSpec.newBuilder().setPair("pairs/p").setDraws(2).setMaxImages(6).build();

    @TempDir
    static Path folder;

    private TinyPair pair;
    private FolderRun undisturbed;
    private InvarianceResult result;

    @BeforeAll
    void measure() throws Exception {
        pair = new TinyPair(folder.resolve("pair"), 1, 2);
        undisturbed = run("undisturbed", SPEC).execute(new InvarianceTask());
        String json = new String(undisturbed.bytes("result.json"), StandardCharsets.UTF_8);
        result = ResultJson.read(json, InvarianceResult.newBuilder()).build();
    }

    @Test
    void everyOperationOfTheRecipeAloneThenAll() {
        List<String> operations = result.getOperationsList().stream().map(OperationInvariance::getOperation).toList();
        assertEquals(List.of("crop", "horizontal_flip", "brightness", "contrast", "saturation", "hue", "grayscale", "all"), operations);
        int layers = result.getOperations(0).getLayersCount();
        for (OperationInvariance operation : result.getOperationsList()) {
            assertEquals(layers, operation.getLayersCount());
            for (LayerInvariance layer : operation.getLayersList()) {
                assertEquals(
                        List.of("candidate", "shared", "independent", "external"),
                        layer.getSubsetsList().stream().map(subset -> subset.getSubset()).toList());
                layer.getSubsetsList().forEach(subset -> {
                    assertEquals(6, subset.getImages());
                    assertTrue(subset.getF().getMean() >= 0 && subset.getF().getMean() <= 2, layer.toString());
                    assertTrue(subset.getF().getCiLow() <= subset.getF().getMean() && subset.getF().getMean() <= subset.getF().getCiHigh());
                });
                double difference = layer.getSubsets(0).getF().getMean() - layer.getSubsets(3).getF().getMean();
                assertEquals(difference, layer.getBeyondF().getMean(), 1e-12);
            }
        }
        assertEquals(2, result.getDraws());
    }

    /** The images are gray, so what only changes colors changes nothing; a crop does. */
    @Test
    void whatAnOperationLeavesAloneIsAtDistanceZero() {
        for (String nothing : List.of("saturation", "grayscale", "hue")) {
            operation(nothing).getLayersList().forEach(layer -> assertEquals(0, layer.getSubsets(0).getF().getMean(), 1e-6, nothing));
        }
        operation("crop").getLayersList().forEach(layer -> assertTrue(layer.getSubsets(0).getF().getMean() > 1e-4, layer.toString()));
    }

    /** A flip draws nothing: the encoder's output for images flipped here, by cosine of vectors in double. */
    @Test
    void aFlipIsWhatTheEncoderMakesOfFlippedImages() throws Exception {
        int[] ids;
        double[] measured;
        long[] shape;
        try (StateDict arrays = SafetensorsReader.read(undisturbed.published.get("invariance.safetensors")).state()) {
            ids = Arrays.stream(arrays.get("image").longs()).mapToInt(Math::toIntExact).toArray();
            measured = arrays.get("distance_f").doubles();
            shape = arrays.get("distance_f").shape();
        }
        int[] positions = Arrays.stream(ids).map(this::position).toArray();
        try (TrainedEncoder encoder = TrainedEncoder.read(pair.folder(TinyPair.PAIR.candidate()));
                PlainInput input = new PlainInput(encoder.identity().normalization(), SIDE);
                Evaluation forward = Evaluation.of(encoder.encoder());
                Scope scope = Scope.open()) {
            Tensor plain = input.whole(scope, pair.images, positions);
            float[] flipped = flipped(plain.floats());
            Tensor mirror = scope.floats(flipped, ids.length, 3, SIDE, SIDE);
            float[] before = forward.run(scope, encoder.state(), plain).output().floats();
            float[] after = forward.run(scope, encoder.state(), mirror).output().floats();
            int width = before.length / ids.length;
            int row = Math.toIntExact(shape[1] + shape[1] - 1);
            for (int image = 0; image < ids.length; image++) {
                assertEquals(
                        cosineDistance(before, after, image * width, width), measured[row * ids.length + image], 2e-6, "image " + ids[image]);
            }
        }
    }

    @Test
    void killedAnywhereItEndsWithTheSameBytes() throws Exception {
        AtomicLong seconds = new AtomicLong();
        RunTask savesEveryBlock = new InvarianceTask(() -> seconds.addAndGet(10_000_000_000L));
        InvarianceSpec more = SPEC.toBuilder().setDraws(19).setMaxImages(2).setAugmentation("independent").build();
        FolderRun whole = run("more", more).execute(new InvarianceTask());
        FolderRun killed = run("killed", more).killAt(6);
        assertThrows(FolderRunContext.Death.class, () -> killed.execute(savesEveryBlock));
        killed.execute(savesEveryBlock);
        assertTrue(killed.log.contains("INFO taken up again after 2 images"), killed.log.toString());
        for (String file : List.of("result.json", "invariance.csv", "invariance.safetensors")) {
            assertArrayEquals(whole.bytes(file), killed.bytes(file), file);
        }
        assertNotEquals(0, whole.bytes("invariance.csv").length);
    }

    @Test
    void everyWrongFieldIsReportedAtOnce() {
        FieldViolations violations = new FieldViolations();
        new InvarianceTask()
                .validate(
                        RunSpec.newBuilder()
                                .setInvariance(InvarianceSpec.newBuilder().setDraws(33).setAugmentation("none").setMaxImages(1).setShards(65))
                                .build(),
                        violations);
        assertEquals(
                List.of("spec.pair", "spec.draws", "spec.augmentation", "spec.max_images", "spec.shards"),
                violations.list().stream().map(violation -> violation.getField()).toList());
    }

    private OperationInvariance operation(String name) {
        return result.getOperationsList().stream().filter(one -> one.getOperation().equals(name)).findFirst().orElseThrow();
    }

    private int position(int id) {
        for (int i = 0; i < pair.images.size(); i++) {
            if (pair.images.id(i) == id) {
                return i;
            }
        }
        throw new AssertionError("no image " + id);
    }

    private static float[] flipped(float[] pixels) {
        float[] flipped = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int column = i % SIDE;
            flipped[i - column + SIDE - 1 - column] = pixels[i];
        }
        return flipped;
    }

    private static double cosineDistance(float[] a, float[] b, int from, int count) {
        double product = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = from; i < from + count; i++) {
            product += (double) a[i] * b[i];
            squareA += (double) a[i] * a[i];
            squareB += (double) b[i] * b[i];
        }
        return 1 - product / Math.sqrt(squareA * squareB);
    }

    private FolderRun run(String name, InvarianceSpec spec) {
        return new FolderRun(folder.resolve(name), pair, RunSpec.newBuilder().setInvariance(spec).build());
    }
}
