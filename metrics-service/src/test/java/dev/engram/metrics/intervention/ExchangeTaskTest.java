package dev.engram.metrics.intervention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest.FieldViolation;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetBuilder;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.data.SplitMaker;
import dev.engram.encoders.data.SplitSizes;
import dev.engram.metrics.task.FolderRun;
import dev.engram.metrics.task.ResultJson;
import dev.engram.metrics.task.TinyPair;
import dev.engram.runs.RunFailure;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.testing.FolderRunContext;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.ExchangeResult;
import dev.engram.v1.ExchangeSpec;
import dev.engram.v1.ExchangeSpec.ClassMatch;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.LayerScore;
import dev.engram.v1.RunSpec;
import dev.engram.v1.SubsetScore;
import dev.engram.v1.TrainEncoderSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExchangeTaskTest {
    private static final List<String> LAYERS = List.of("layer1_head.conv", "layer2.conv");
    private static final ExchangeSpec SPEC = ExchangeSpec.newBuilder()
            .setSource(TinyPair.PAIR.candidate())
            .setOther(TinyPair.PAIR.reference())
            .setOtherSplit("splits/t")
            .addAllLayers(LAYERS)
            .setLayerMem("runs/l")
            .setK(5)
            .build();

    @TempDir
    static Path folder;

    private TinyPair pair;
    private FolderRun undisturbed;
    private int runs;

    @BeforeAll
    void sweep() throws Exception {
        pair = new TinyPair(folder.resolve("pair"), 1, 2, new SplitSizes(10, 6, 6, 20, 30));
        Split other = SplitMaker.draw(pair.images, new SplitSizes(10, 6, 6, 16, 24), 9, SplitMaker.DuplicatePolicy.LEAVE_OUT).split();
        Files.write(Files.createDirectories(pair.folder("splits/t")).resolve(Split.FILE_NAME), other.toJson());
        LayerMemResult.Builder layerMem = LayerMemResult.newBuilder();
        double mean = 0;
        for (String layer : List.of("prep.conv", "layer1_head.conv", "layer1_head.batch", "layer2.conv")) {
            layerMem.addLayers(LayerScore.newBuilder().setLayer(layer).setPoint(layer.endsWith("conv") ? "conv" : "norm")
                    .addSubsets(SubsetScore.newBuilder().setSubset("candidate").setMean(mean += 0.125)));
        }
        ResultJson.write(layerMem.build(), Files.createDirectories(pair.folder("runs/l")));
        undisturbed = run(SPEC).execute(new ExchangeTask());
    }

    @Test
    void everySetIsProbedOnBothSplitsByBothProtocols() throws Exception {
        ExchangeResult result = result(undisturbed);
        assertEquals(
                List.of(List.of(), List.of("layer1_head.conv"), List.of("layer2.conv"), LAYERS),
                result.getSetsList().stream().map(set -> List.copyOf(set.getLayersList())).toList());
        assertEquals(16, result.getMatchedImages());
        assertEquals(16, result.getOtherImages());
        assertEquals(List.of("least LayerMem", "most ΔLayerMem", "least ΔLayerMem"), result.getSets(1).getNamesList());
        assertEquals(List.of("most LayerMem"), result.getSets(2).getNamesList());
        assertEquals("splits/s", result.getSets(3).getSource().getSplit());
        assertEquals("splits/t", result.getSets(3).getOther().getSplit());
        assertTrue(result.getSetsList().stream().allMatch(set -> set.getTransfer() >= 0 && set.getTransfer() <= 1));
        assertEquals(5, new String(undisturbed.bytes("exchange.csv"), StandardCharsets.UTF_8).lines().count());
    }

    /** Where the other is the source, or all that differs is exchanged, the figures are known. */
    @Test
    void exchangingWithItselfChangesNothingAndExchangingAllGivesTheOther() throws Exception {
        ExchangeResult itself = result(run(SPEC.toBuilder().setOther(TinyPair.PAIR.candidate()).build()).execute(new ExchangeTask()));
        for (ExchangeResult.Set set : itself.getSetsList()) {
            assertEquals(itself.getSets(0).toBuilder().clearLayers().clearNames().build(), set.toBuilder().clearLayers().clearNames().build());
        }
        ExchangeSpec few = SPEC.toBuilder().clearLayers().clearLayerMem().setLargest(1).build();
        ExchangeResult singles = result(run(few).execute(new ExchangeTask()));
        assertEquals(1 + 8, singles.getSetsCount());
        assertEquals(result(undisturbed).getSets(0).getSource(), singles.getSets(0).getSource());
        assertNotEquals(1, singles.getSetsList().stream().map(set -> set.getSource().getLinear() + set.getOther().getLinear()).distinct().count());
    }

    /** A convolution and its normalization are all there is in such a module. */
    @Test
    void aModuleIsExchangedWithAllBelowIt() throws Exception {
        ExchangeSpec modules = SPEC.toBuilder().clearLayers().addLayers("layer1_head").addLayers("layer2.conv").build();
        ExchangeResult result = result(run(modules).execute(new ExchangeTask()));
        assertEquals(List.of("layer1_head"), result.getSets(1).getLayersList());
        for (int i = 0; i < 4; i++) {
            assertEquals(
                    result(undisturbed).getSets(i).toBuilder().clearLayers().clearNames().build(),
                    result.getSets(i).toBuilder().clearLayers().clearNames().build());
        }
        assertEquals(List.of("least LayerMem", "most ΔLayerMem"), result.getSets(1).getNamesList(), "0.375 in all and 0.25 more than before it");
        assertEquals(List.of("most LayerMem", "least ΔLayerMem"), result.getSets(2).getNamesList());
    }

    @Test
    void killedAfterAProbeItEndsInTheSameBytes() throws Exception {
        FolderRun run = run(SPEC).killAt(3);
        assertThrows(FolderRunContext.Death.class, () -> run.execute(new ExchangeTask()));
        run.execute(new ExchangeTask());
        for (String file : List.of("result.json", "exchange.csv")) {
            assertArrayEquals(undisturbed.bytes(file), run.bytes(file), file);
        }
    }

    @Test
    void classesAreMatchedByNameOrByNumber() {
        int[] external = pair.split.indices(Part.EXTERNAL);
        int[] labels = pair.images.labels(external);
        ProbedData own = new ProbedData("splits/s", pair.images, external, external);
        ImageSet renamed = renamed(List.of("Bag", "x", "TROUSER"));
        ProbedData other = new ProbedData("splits/t", renamed, external, external);
        int bag = pair.images.classNames().indexOf("Bag");
        int trouser = pair.images.classNames().indexOf("Trouser");
        MatchedClasses byName = MatchedClasses.of(own, other, ClassMatch.BY_NAME);
        for (int i = 0; i < byName.rows().length; i++) {
            assertEquals(renamed.label(external[byName.rows()[i]]) == 0 ? bag : trouser, byName.labels()[i]);
        }
        assertTrue(byName.rows().length < labels.length && byName.rows().length > 0);
        assertEquals(labels.length, MatchedClasses.of(own, other, ClassMatch.BY_INDEX).rows().length);
    }

    /** The same images with three classes: label modulo 3. */
    private ImageSet renamed(List<String> names) {
        ImageSetBuilder builder = new ImageSetBuilder("renamed", pair.images.shape(), names, pair.images.size());
        for (int i = 0; i < pair.images.size(); i++) {
            builder.add(pair.images.picture(i).planes(), pair.images.label(i) % 3);
        }
        return builder.build();
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        assertEquals(List.of("spec.source", "spec.other"), fields(ExchangeSpec.getDefaultInstance()));
        assertEquals(
                List.of("spec.source_split", "spec.layer_mem", "spec.layers[1]", "spec.largest", "spec.scope", "spec.k", "spec.classes"),
                fields(SPEC.toBuilder().setSourceSplit("datasets/x").setLayerMem("x").clearLayers().addLayers("a").addLayers("a").setLargest(4)
                        .setScopeValue(9).setK(-1).setClassesValue(9).build()));
        assertEquals(
                List.of("encoders/p-f", "encoders/p-g", "splits/t", "runs/l"),
                new ExchangeTask().uses(RunSpec.newBuilder().setExchange(SPEC).build()));
        assertEquals(
                "spec.layer_mem: splits/s is a run of create_split, not of layer_mem",
                assertThrows(RunFailure.class, () -> run(SPEC.toBuilder().setLayerMem("splits/s").build()).execute(new ExchangeTask())).getMessage());
    }

    private static List<String> fields(ExchangeSpec spec) {
        FieldViolations violations = new FieldViolations();
        new ExchangeTask().validate(RunSpec.newBuilder().setExchange(spec).build(), violations);
        return violations.list().stream().map(FieldViolation::getField).toList();
    }

    private FolderRun run(ExchangeSpec spec) {
        RunSpec split = RunSpec.newBuilder().setCreateSplit(CreateSplitSpec.newBuilder().setDataset("datasets/d")).build();
        return new FolderRun(folder.resolve("exchange-" + runs++), pair, RunSpec.newBuilder().setExchange(spec).build())
                .knowing("runs/l", RunSpec.newBuilder().setLayerMem(LayerMemSpec.newBuilder().setPair(TinyPair.PAIR.name())).build())
                .knowing("splits/s", split)
                .knowing("splits/t", split)
                .knowing(TinyPair.PAIR.candidate(), RunSpec.newBuilder().setTrainEncoder(TrainEncoderSpec.newBuilder().setSplit("splits/s")).build());
    }

    private static ExchangeResult result(FolderRun run) throws Exception {
        return ResultJson.read(new String(run.bytes("result.json"), StandardCharsets.UTF_8), ExchangeResult.newBuilder()).build();
    }
}
