package dev.engram.attack.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.attack.run.ScratchRun;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.EditEncoderSpec;
import dev.engram.v1.Interval;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TracedGroup;
import dev.engram.v1.TracedPruningResult;
import dev.engram.v1.TracedPruningSpec;
import dev.engram.v1.TracedState;
import dev.engram.v1.TracedVariant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures that can be counted by hand. */
class TracedPruningTaskTest {
    private static final ResolvedPair PAIR = new ResolvedPair("pairs/p", "encoders/p-f", "encoders/p-g", "splits/s", "datasets/d");

    @TempDir
    Path root;

    @BeforeEach
    void store() throws Exception {
        StoredAttack.write(ScratchRun.input(root, "runs/before"), "mmcxuu" + "cu", "+++" + "+-");
        StoredAttack.write(ScratchRun.input(root, "runs/x-pruned-attack"), "uucxuu" + "mu", "++-" + "+-");
        StoredAttack.write(ScratchRun.input(root, "runs/x-random-1-attack"), "mucxuu" + "cu", "+++" + "--");
        StoredAttack.write(ScratchRun.input(root, "runs/x-random-2-attack"), "mmuxum" + "cu", "+++" + "++");
        StoredAttack.edit(ScratchRun.input(root, "runs/x-pruned"), List.of(0, 1, 2), List.of(3));
        StoredAttack.edit(ScratchRun.input(root, "runs/x-random-1"), List.of(0, 1, 3), List.of(0));
        StoredAttack.edit(ScratchRun.input(root, "runs/x-random-2"), List.of(1, 2, 3), List.of(1));
    }

    @Test
    void accuraciesOfTracedAndOtherImagesAreCounted() throws Exception {
        TracedPruningResult result = compare(spec());
        assertEquals(List.of("f", "encoders/p-f", "datasets/d"), List.of(result.getSide(), result.getEncoder(), result.getDataset()));
        TracedGroup traced = group(result, "traced");
        assertEquals(2, traced.getImages());
        assertState(traced.getStates(0), "before", 1, 0);
        assertState(traced.getStates(1), "pruned", 0, 0);
        assertState(traced.getStates(2), "random", 0.75, 0);
        assertState(traced.getStates(3), "random 1", 0.5, 0);
        assertState(traced.getStates(4), "random 2", 1, 0);
        assertState(traced.getDifferences(0), "pruned - before", -1, 0);
        assertState(traced.getDifferences(1), "random - before", -0.25, 0);
        assertState(traced.getDifferences(2), "pruned - random", -0.75, 0);
        TracedGroup others = group(result, "others");
        assertEquals(4, others.getImages());
        assertState(others.getStates(0), "before", 0.25, 0.5);
        assertState(others.getStates(2), "random", 0.25, 0.375);
        TracedGroup unseen = group(result, "unseen");
        assertState(unseen.getStates(0), "before", 0.5, 0.5);
        assertState(unseen.getDifferences(0), "pruned - before", 0, -0.5);
        TracedGroup all = group(result, "all");
        assertEquals(8, all.getImages());
        assertState(all.getStates(0), "before", (3 / 6.0 + 0.5) / 2, (2 / 6.0 + 0.5) / 2);
    }

    /** All traced images fell alike, so that no draw of them differs; other differences have room. */
    @Test
    void intervalsArePaired() throws Exception {
        TracedGroup traced = group(compare(spec()), "traced");
        Interval pruned = traced.getDifferences(0).getTarget();
        assertEquals(List.of(-1.0, -1.0), List.of(pruned.getCiLow(), pruned.getCiHigh()));
        Interval random = traced.getDifferences(1).getTarget();
        assertEquals(List.of(-0.5, 0.0), List.of(random.getCiLow(), random.getCiHigh()));
    }

    @Test
    void probesAndLayersStandBesideIt() throws Exception {
        TracedPruningResult result = compare(spec());
        assertEquals(List.of("training", "validation"), result.getProbesList().stream().map(probe -> probe.getPart()).toList());
        assertEquals(1, result.getProbes(0).getStates(0).getAccuracy().getValue());
        assertEquals(2 / 3.0, result.getProbes(0).getStates(1).getAccuracy().getValue(), 1e-12);
        assertEquals(-1 / 3.0, result.getProbes(0).getDifferences(0).getAccuracy().getValue(), 1e-12);
        assertEquals(0.5, result.getProbes(1).getStates(2).getAccuracy().getValue(), 1e-12);
        assertEquals(List.of(2, 2), result.getLayers(0).getOverlapsList());
        assertEquals(List.of(0, 0), result.getLayers(1).getOverlapsList());
        assertEquals(List.of(3, 1), List.of(result.getLayers(0).getPruned(), result.getLayers(1).getPruned()));
        assertEquals(2, result.getWarningsCount());
        assertTrue(result.getWarnings(0).startsWith("Only 2 images were traced"), result.getWarnings(0));
        assertTrue(result.getWarnings(1).contains("conv1") && !result.getWarnings(1).contains("conv2"), result.getWarnings(1));
        List<String> lines = Files.readAllLines(root.resolve("result/traced.csv"));
        assertTrue(lines.contains("0,traced,2,pruned - random,score,-0.75,-1.0,-0.5"), lines::toString);
    }

    @Test
    void whatDoesNotBelongTogetherIsSaid() throws Exception {
        Files.writeString(ScratchRun.input(root, "runs/x-random-1-attack").resolve("attacked.csv"), "crop,direction,image_id,label,cell\n0,candidate,10,3,memorized\n");
        assertTrue(fails(spec()).contains("was not attacked in every attack"));
        Files.writeString(ScratchRun.input(root, "runs/x-random-1-attack").resolve("attacked.csv"), "crop,direction,image_id,label,cell\n0,candidate,10,3,forgotten\n");
        assertEquals("runs/x-random-1-attack: attacked.csv: line 2 cannot be read", fails(spec()));
        FieldViolations violations = new FieldViolations();
        new TracedPruningTask().validate(run(TracedPruningSpec.newBuilder().setBefore("pairs/p").addImages(1).addImages(1).build()), violations);
        assertEquals(
                List.of("spec.before", "spec.unit_mem", "spec.pruned.encoder", "spec.pruned.attack", "spec.controls", "spec.images"),
                violations.list().stream().map(violation -> violation.getField()).toList());
    }

    private String fails(TracedPruningSpec spec) {
        return assertThrows(RunFailure.class, () -> compare(spec)).getMessage();
    }

    private TracedPruningResult compare(TracedPruningSpec spec) throws Exception {
        RunSpec attack = RunSpec.newBuilder().setDejaVu(DejaVuSpec.newBuilder().setPair(PAIR.name()).setResamples(200)).build();
        RunSpec edit = RunSpec.newBuilder().setEditEncoder(EditEncoderSpec.newBuilder().setSource(PAIR.candidate())).build();
        new ScratchRun(root, PAIR, run(spec)).with("runs/before", attack).with("encoders/x-pruned", edit).execute(new TracedPruningTask());
        return RunSpecs.parse(Files.readString(root.resolve("result/result.json")), TracedPruningResult.newBuilder()).build();
    }

    static TracedPruningSpec spec() {
        return TracedPruningSpec.newBuilder()
                .setBefore("runs/before")
                .setUnitMem("runs/u")
                .setPruned(variant("x-pruned"))
                .addControls(variant("x-random-1"))
                .addControls(variant("x-random-2"))
                .addImages(10)
                .addImages(11)
                .build();
    }

    private static TracedVariant variant(String name) {
        return TracedVariant.newBuilder().setEncoder("encoders/" + name).setAttack("runs/" + name + "-attack").build();
    }

    private static RunSpec run(TracedPruningSpec spec) {
        return RunSpec.newBuilder().setTracedPruning(spec).build();
    }

    private static TracedGroup group(TracedPruningResult result, String name) {
        return result.getCrops(0).getGroupsList().stream().filter(group -> group.getGroup().equals(name)).findFirst().orElseThrow();
    }

    private static void assertState(TracedState state, String name, double target, double reference) {
        assertEquals(name, state.getState());
        assertEquals(target, state.getTarget().getValue(), 1e-12, name);
        assertEquals(reference, state.getReference().getValue(), 1e-12, name);
        assertEquals(target - reference, state.getScore().getValue(), 1e-12, name);
    }
}
