package dev.engram.metrics.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.augment.PlainInput;
import dev.engram.encoders.checkpoint.SafetensorsReader;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.TapRequest;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.inputs.AugmentationMessages;
import dev.engram.metrics.layermem.NaiveDistance;
import dev.engram.metrics.layermem.ViewDistance;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunStopped;
import dev.engram.runs.RunTask;
import dev.engram.testing.FolderRunContext;
import dev.engram.v1.Augmentation;
import dev.engram.v1.ImageScore;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.LayerScore;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import dev.engram.v1.SubsetDifference;
import dev.engram.v1.SubsetDifference;
import dev.engram.v1.SubsetScore;
import dev.engram.v1.ViewGroup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LayerMemTaskTest {
    private static final List<String> FILES = List.of("result.json", "layers.csv", "differences.csv", "images.csv", "sslmem.safetensors");
    private static final LayerMemSpec SPEC =
            LayerMemSpec.newBuilder().setPair("pairs/p").setViews(4).build();

    @TempDir
    static Path folder;

    private TinyPair random;
    private FolderRun undisturbed;

    @BeforeAll
    void measure() throws Exception {
        random = new TinyPair(folder.resolve("random"), 1, 2);
        undisturbed = run("undisturbed", random, SPEC).execute(new LayerMemTask());
    }

    @Test
    void everySubsetAtEveryLayer() throws Exception {
        LayerMemResult result = result(undisturbed);
        assertEquals(4, result.getViews());
        assertEquals(8, result.getLayersList().stream().filter(l -> l.getPoint().equals("conv")).count());
        for (LayerScore layer : result.getLayersList()) {
            assertEquals(
                    List.of("candidate", "shared", "independent", "external", "top50", "least50"),
                    layer.getSubsetsList().stream().map(SubsetScore::getSubset).toList());
            assertEquals(
                    List.of(10, 12, 10, 10, 5, 5),
                    layer.getSubsetsList().stream().map(SubsetScore::getImages).toList());
        }
        for (LayerScore layer : result.getLayersList()) {
            SubsetDifference beyond = layer.getDifferences(0);
            assertEquals("candidate - external", beyond.getSubset() + " - " + beyond.getAgainst());
            assertEquals(layer.getSubsets(0).getMean() - layer.getSubsets(3).getMean(), beyond.getMean(), 1e-12);
            assertTrue(beyond.getCiLow() < beyond.getMean() && beyond.getMean() < beyond.getCiHigh(), layer.getLayer());
        }
        assertEquals(6, result.getSslmemTestsCount());
        assertEquals(5, result.getMostMemorizedCount());
        assertTrue(Collections.disjoint(result.getMostMemorizedList().stream().map(ImageScore::getImageId).toList(),
                result.getLeastMemorizedList().stream().map(ImageScore::getImageId).toList()));
        assertEquals(List.of("reading the pair", "measuring layers", "resampling"), undisturbed.stages);
    }

    /** Two encoders that have seen nothing memorize nothing: what they differ by is chance of their weights, not of the subset. */
    @Test
    void aPairOfRandomEncodersTellsNoSubsetFromAnother() throws Exception {
        result(undisturbed).getSslmemTestsList().forEach(test -> assertTrue(test.getP() > 1e-3, test.toString()));
        for (LayerScore layer : result(undisturbed).getLayersList()) {
            assertEquals(0, layer.getSubsets(0).getMean(), 0.2, layer.getLayer());
        }
    }

    @Test
    void theTablesHoldWhatTheResultIsMadeOf() throws Exception {
        LayerMemResult result = result(undisturbed);
        List<String> rows = lines(undisturbed, "images.csv");
        int layers = result.getLayersCount();
        assertEquals(1 + 42 * layers, rows.size());
        String last = result.getLayers(layers - 1).getLayer();
        double mean = rows.stream()
                .map(row -> row.split(","))
                .filter(row -> row[1].equals("candidate") && row[2].equals(last))
                .mapToDouble(row -> Double.parseDouble(row[7]))
                .average()
                .orElseThrow();
        assertEquals(result.getLayers(layers - 1).getSubsets(0).getMean(), mean, 1e-12);
        assertEquals(1 + 6 * layers, lines(undisturbed, "layers.csv").size());
        try (StateDict arrays = SafetensorsReader.read(undisturbed.published.get("sslmem.safetensors")).state()) {
            assertArrayEquals(new long[] {layers, 42}, arrays.get("sslmem").shape());
            double[] scores = arrays.get("sslmem").doubles();
            double fromArrays = Arrays.stream(scores, (layers - 1) * 42, (layers - 1) * 42 + 10).average().orElseThrow();
            assertEquals(mean, fromArrays, 1e-12);
        }
    }

    /** Arrays hold the table's columns, layer by layer; a row of layers.csv holds what the result says of its layer and subset, under the same names. */
    @Test
    void theExportsHoldTheSameNumbers() throws Exception {
        LayerMemResult result = result(undisturbed);
        try (StateDict arrays = SafetensorsReader.read(undisturbed.published.get("sslmem.safetensors")).state()) {
            for (int layer = 0; layer < result.getLayersCount(); layer++) {
                List<ImageRow> rows = ImageTable.read(undisturbed.published.get("images.csv"), result.getLayers(layer).getLayer());
                int from = layer * rows.size();
                for (int i = 0; i < rows.size(); i++) {
                    assertEquals(rows.get(i).distanceF(), arrays.get("ssl_f").doubles()[from + i]);
                    assertEquals(rows.get(i).distanceG(), arrays.get("ssl_g").doubles()[from + i]);
                    assertEquals(rows.get(i).score(), arrays.get("sslmem").doubles()[from + i]);
                    assertEquals(rows.get(i).image(), arrays.get("image").longs()[i]);
                    assertEquals(List.of("candidate", "shared", "independent", "external").indexOf(rows.get(i).subset()), arrays.get("subset").longs()[i]);
                }
            }
        }
        List<String> lines = lines(undisturbed, "layers.csv");
        assertEquals("layer,point,depth,subset,images,mean,ci_low,ci_high,degenerate,delta_conv,delta_module,delta_block", lines.getFirst());
        int line = 1;
        for (LayerScore layer : result.getLayersList()) {
            for (SubsetScore subset : layer.getSubsetsList()) {
                boolean candidates = subset.getSubset().equals("candidate");
                assertEquals(
                        "%s,%s,%d,%s,%d,%s,%s,%s,%d,%s,%s,%s".formatted(
                                layer.getLayer(), layer.getPoint(), layer.getDepth(), subset.getSubset(), subset.getImages(), subset.getMean(),
                                subset.getCiLow(), subset.getCiHigh(), subset.getDegenerate(),
                                candidates && layer.hasDeltaConv() ? layer.getDeltaConv() : "",
                                candidates && layer.hasDeltaModule() ? layer.getDeltaModule() : "",
                                candidates && layer.hasDeltaBlock() ? layer.getDeltaBlock() : ""),
                        lines.get(line++));
            }
        }
        List<String> differences = new ArrayList<>(List.of("layer,point,depth,subset,against,mean,ci_low,ci_high"));
        for (LayerScore layer : result.getLayersList()) {
            for (SubsetDifference difference : layer.getDifferencesList()) {
                differences.add("%s,%s,%d,%s,%s,%s,%s,%s".formatted(
                        layer.getLayer(), layer.getPoint(), layer.getDepth(), difference.getSubset(), difference.getAgainst(),
                        difference.getMean(), difference.getCiLow(), difference.getCiHigh()));
            }
        }
        assertEquals(1 + 2 * result.getLayersCount(), differences.size());
        assertEquals(differences, lines(undisturbed, "differences.csv"));
    }

    @Test
    void anEncoderComparedWithItselfScoresZeroEverywhere() throws Exception {
        TinyPair identical = new TinyPair(folder.resolve("identical"), 7, 7);
        FolderRun run = run("identity", identical, SPEC).execute(new LayerMemTask());
        for (LayerScore layer : result(run).getLayersList()) {
            for (SubsetScore subset : layer.getSubsetsList()) {
                assertEquals(0, subset.getMean());
                assertEquals(0, subset.getCiLow());
                assertEquals(0, subset.getDegenerate());
            }
        }
    }

    /** The published code's way, loop by loop: the image as it is against each of its views, at the first layer and in f; then divided by the range. */
    @Test
    void againstTheOriginalItIsTheNaiveLoop() throws Exception {
        int views = 3;
        LayerMemSpec spec = SPEC.toBuilder()
                .setViews(views)
                .setMaxImages(2)
                .setCompared(LayerMemSpec.Compared.ORIGINAL)
                .setNormalization(LayerMemSpec.Normalization.RANGE)
                .build();
        FolderRun original = run("original", random, spec).execute(new LayerMemTask());
        assertEquals(LayerMemSpec.Compared.ORIGINAL, result(original).getCompared());
        assertEquals(LayerMemSpec.Compared.VIEWS, result(undisturbed).getCompared());
        List<ImageRow> rows = ImageTable.read(original.published.get("images.csv"), "prep.conv");
        assertEquals(8, rows.size());
        TapRequest tap = TapRequest.flat("prep.conv");
        try (TrainedEncoder f = TrainedEncoder.read(random.folder("encoders/p-f"));
                PlainInput plain = new PlainInput(f.identity().normalization(), 32);
                AugmentedViews augmented = new AugmentedViews(random.images, f.identity().augmentation(), f.identity().side(), 0, "measure");
                Evaluation forward = Evaluation.of(f.encoder(), List.of(tap))) {
            double least = rows.stream().mapToDouble(row -> row.distanceG() - row.distanceF()).min().orElseThrow();
            double most = rows.stream().mapToDouble(row -> row.distanceG() - row.distanceF()).max().orElseThrow();
            for (ImageRow row : rows) {
                int[] image = IntStream.range(0, random.images.size()).filter(i -> random.images.id(i) == row.image()).toArray();
                float[][] vectors = new float[1 + views][];
                try (Scope scope = Scope.open()) {
                    vectors[0] = forward.run(scope, f.state(), plain.whole(scope, random.images, image)).tap(tap).floats();
                    float[] flat = forward.run(scope, f.state(), augmented.views(scope, image, 0, 0, views)).tap(tap).floats();
                    for (int view = 0; view < views; view++) {
                        vectors[1 + view] = Arrays.copyOfRange(flat, view * vectors[0].length, (view + 1) * vectors[0].length);
                    }
                }
                double expected = NaiveDistance.toFirst(vectors, ViewDistance.L2, false);
                assertEquals(expected, row.distanceF(), 1e-5 * expected);
                assertEquals((row.distanceG() - row.distanceF()) / (most - least), row.score(), 1e-12);
            }
        }
    }

    /** However an augmentation is asked for, by name, by value or as that of a pair trained by it, it makes the same views, in the encoder's own size and normalization. */
    @Test
    void thePairIsMeasuredByTheViewsOfAnother() throws Exception {
        TinyPair other = new TinyPair(folder.resolve("other"), 5, 5, TinyPair.SIZES, "simclr-cifar");
        ResolvedPair pair = new ResolvedPair("pairs/q", "encoders/q-f", "encoders/q-g", "splits/t", "datasets/e");
        LayerMemSpec few = SPEC.toBuilder().setViews(2).setMaxImages(3).build();
        FolderRun named = run("views-named", random, few.toBuilder().setAugmentation("simclr-cifar").build()).execute(new LayerMemTask());
        Augmentation values = AugmentationMessages.message(AugmentationRecipe.named("simclr-cifar"));
        ViewGroup large = values.getGroups(0).toBuilder().setSide(96).build();
        FolderRun valued = run("views-valued", random, few.toBuilder().setAugmentationValues(values.toBuilder().setName("").setGroups(0, large)).build());
        FolderRun others = run("views-of-another", random, few.toBuilder().setAugmentation("pairs/q").build())
                .knowing(pair)
                .reading(pair.candidate(), other.folder(TinyPair.PAIR.candidate()));
        for (FolderRun run : List.of(valued.execute(new LayerMemTask()), others.execute(new LayerMemTask()))) {
            for (String file : FILES) {
                assertArrayEquals(named.bytes(file), run.bytes(file), file);
            }
        }
        FolderRun trained = run("views-trained", random, few).execute(new LayerMemTask());
        assertNotEquals(lines(named, "images.csv"), lines(trained, "images.csv"));
    }

    @Test
    void killedOrPausedAnywhereItEndsWithTheSameBytes() throws Exception {
        AtomicLong seconds = new AtomicLong();
        RunTask savesEveryBlock = new LayerMemTask(() -> seconds.addAndGet(10_000_000_000L));
        FolderRun killed = run("killed", random, SPEC).killAt(22);
        assertThrows(FolderRunContext.Death.class, () -> killed.execute(savesEveryBlock));
        assertEquals(List.of(10L), killed.resumePoints);
        assertSameFiles(killed.execute(savesEveryBlock));
        assertTrue(killed.log.contains("INFO taken up again after 10 images"));

        FolderRun paused = run("paused", random, SPEC).stopAt(10, Run.State.PAUSED);
        assertThrows(RunStopped.class, () -> paused.execute(new LayerMemTask()));
        assertEquals(List.of(10L), paused.resumePoints);
        assertSameFiles(paused.execute(new LayerMemTask()));

        FolderRun killedEarly = run("killed-early", random, SPEC).killAt(20);
        assertThrows(FolderRunContext.Death.class, () -> killedEarly.execute(new LayerMemTask()));
        assertSameFiles(killedEarly.execute(new LayerMemTask()));
    }

    @Test
    void cancelledItLeavesNothingNative() {
        long before = Tensor.alive();
        FolderRun cancelled = run("cancelled", random, SPEC).stopAt(20, Run.State.CANCELLED);
        RunStopped stopped = assertThrows(RunStopped.class, () -> cancelled.execute(new LayerMemTask()));
        assertEquals(Run.State.CANCELLED, stopped.target());
        assertEquals(before, Tensor.alive());
        assertTrue(cancelled.published.isEmpty());
    }

    @Test
    void fewerImagesAreDrawnFromEachPartByTheSeed() {
        MeasuredImages all = MeasuredImages.ofSplit(random.split, 0, 0);
        MeasuredImages few = MeasuredImages.ofSplit(random.split, 4, 0);
        assertEquals(42, all.indices().length);
        assertEquals(16, few.indices().length);
        int[] candidates = Arrays.copyOf(few.indices(), 4);
        for (int candidate : candidates) {
            assertTrue(Arrays.stream(random.split.indices(Part.CANDIDATE)).anyMatch(i -> i == candidate));
        }
        assertArrayEquals(few.indices(), MeasuredImages.ofSplit(random.split, 4, 0).indices());
        assertNotEquals(
                Arrays.toString(few.indices()),
                Arrays.toString(MeasuredImages.ofSplit(random.split, 4, 1).indices()));
    }

    @Test
    void aDamagedCheckpointIsNamed() throws Exception {
        TinyPair damaged = new TinyPair(folder.resolve("damaged"), 1, 2);
        Path weights = damaged.folder("encoders/p-g").resolve("encoder.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length / 2] ^= 1;
        Files.write(weights, bytes);
        long before = Tensor.alive();
        RunFailure failure = assertThrows(
                RunFailure.class, () -> run("damaged-run", damaged, SPEC).execute(new LayerMemTask()));
        assertEquals(RunError.Category.DATA_LOSS, failure.category());
        assertTrue(failure.getMessage().startsWith("encoders/p-g: "), failure.getMessage());
        assertEquals(before, Tensor.alive());
    }

    @Test
    void aSplitOfAnotherDataSetIsRefused() throws Exception {
        TinyPair swapped = new TinyPair(folder.resolve("swapped"), 1, 1);
        Path file = swapped.folder("splits/s").resolve("split.json");
        Files.writeString(file, Files.readString(file).replace(swapped.images.digest(), "0".repeat(64)));
        RunFailure failure = assertThrows(
                RunFailure.class, () -> run("swapped-run", swapped, SPEC).execute(new LayerMemTask()));
        assertEquals(RunError.Category.DATA_LOSS, failure.category());
        assertTrue(failure.getMessage().startsWith("splits/s: "), failure.getMessage());
    }

    @Test
    void anUnknownPairIsRefused() {
        LayerMemSpec unknown = SPEC.toBuilder().setPair("pairs/none").build();
        RunFailure failure = assertThrows(
                RunFailure.class, () -> run("unknown", random, unknown).execute(new LayerMemTask()));
        assertEquals(RunError.Category.INVALID_SPEC, failure.category());
    }

    private void assertSameFiles(FolderRun run) throws Exception {
        for (String file : FILES) {
            assertArrayEquals(undisturbed.bytes(file), run.bytes(file), file);
        }
    }

    private FolderRun run(String name, TinyPair inputs, LayerMemSpec spec) {
        return new FolderRun(
                folder.resolve(name), inputs, RunSpec.newBuilder().setLayerMem(spec).build());
    }

    private static LayerMemResult result(FolderRun run) throws Exception {
        return ResultJson.read(
                        new String(run.bytes("result.json"), StandardCharsets.UTF_8), LayerMemResult.newBuilder())
                .build();
    }

    private static List<String> lines(FolderRun run, String file) throws Exception {
        return Files.readAllLines(run.published.get(file));
    }
}
