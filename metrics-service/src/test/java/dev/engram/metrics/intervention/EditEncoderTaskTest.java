package dev.engram.metrics.intervention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.TapRequest;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.metrics.task.FolderRun;
import dev.engram.metrics.task.ResultJson;
import dev.engram.metrics.task.TinyPair;
import dev.engram.metrics.task.UnitMemTask;
import dev.engram.metrics.task.UnitRow;
import dev.engram.metrics.task.UnitTable;
import dev.engram.runs.RunFailure;
import dev.engram.v1.EditEncoderSpec;
import dev.engram.v1.EncoderEdit;
import dev.engram.v1.ExchangeLayers;
import dev.engram.v1.ImportEncoderSpec;
import dev.engram.v1.LayerScope;
import dev.engram.v1.PruneUnits;
import dev.engram.v1.RestoreUnit;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemSpec;
import dev.engram.v1.UnitPool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EditEncoderTaskTest {
    private static final String F = TinyPair.PAIR.candidate();
    private static final String G = TinyPair.PAIR.reference();
    private static final RunSpec UNIT_MEM = RunSpec.newBuilder()
            .setUnitMem(UnitMemSpec.newBuilder().setPair(TinyPair.PAIR.name()).setViews(2).setTopImages(1))
            .build();

    @TempDir
    static Path folder;

    private TinyPair pair;
    private int runs;

    @BeforeAll
    void measure() throws Exception {
        pair = new TinyPair(folder.resolve("pair"), 1, 2);
        FolderRun units = new FolderRun(folder.resolve("unit-mem"), pair, UNIT_MEM).execute(new UnitMemTask());
        Path result = Files.createDirectories(pair.folder("runs/u"));
        Files.copy(units.published.get(UnitTable.FILE_NAME), result.resolve(UnitTable.FILE_NAME));
    }

    @Test
    void theHighestUnitsOfEachLayerAreZeroForEveryImage() throws Exception {
        FolderRun run = prune(PruneUnits.newBuilder().setBy(PruneUnits.By.HIGHEST).setUnitMem("runs/u").setShare(0.1));
        EncoderEdit edit = edit(run);
        assertEquals(8, edit.getLayersCount());
        assertEquals(3 + 6 + 6 + 6 + 13 + 26 + 26 + 26, edit.getChanged());
        assertEquals(1120, edit.getConsidered());
        List<UnitRow> rows = UnitTable.read(Files.readString(pair.folder("runs/u").resolve(UnitTable.FILE_NAME)));
        for (EncoderEdit.Layer layer : edit.getLayersList()) {
            String read = layer.getLayer().replace(".conv", ".relu");
            Set<Integer> expected = new TreeSet<>(rows.stream()
                    .filter(row -> row.layer().layer().equals(read))
                    .sorted(Comparator.comparingDouble(UnitRow::unitMem).reversed().thenComparingInt(UnitRow::unit))
                    .limit(layer.getChangedCount())
                    .map(UnitRow::unit)
                    .toList());
            assertEquals(expected, new TreeSet<>(layer.getChangedList()), layer.getLayer());
        }
        try (TrainedEncoder edited = TrainedEncoder.read(run.artifact("checkpoint"));
                Evaluation forward = Evaluation.of(edited.encoder(), List.of(TapRequest.mean("layer2.relu")));
                Scope scope = Scope.open()) {
            float[] means = forward.run(scope, edited.state(), scope.zeros(ElementType.FLOAT32, 1, 3, 32, 32))
                    .tap(TapRequest.mean("layer2.relu"))
                    .floats();
            edit.getLayers(4).getChangedList().forEach(unit -> assertEquals(0f, means[unit]));
            assertEquals("prune", edited.manifest().details().get("edit"));
            assertTrue(edited.manifest().details().get("edit_units").startsWith("prep.conv:"));
            assertEquals(1, edited.identity().baselineSeed(), "the null baseline stays that of the source");
            assertEquals(edit.getResultSha256(), edited.weightsDigest());
        }
    }

    /** The units whose first image is one of these, by reading the table line by line; and as many others. */
    @Test
    void whatImagesOwnIsPrunedAndForComparisonAsMuchElse() throws Exception {
        List<String> lines = Files.readAllLines(pair.folder("runs/u").resolve(UnitTable.FILE_NAME));
        String image = lines.get(1).split(",")[8];
        Set<String> naive = new TreeSet<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",");
            if (fields[0].endsWith(".relu") && fields[8].equals(image) && fields[10].equals("false") && Double.parseDouble(fields[4]) >= 0.3) {
                naive.add(fields[0].replace(".relu", ".conv") + " " + fields[3]);
            }
        }
        assertTrue(naive.size() > 3, naive::toString);
        PruneUnits.Builder owned = PruneUnits.newBuilder()
                .setBy(PruneUnits.By.OWNED).setUnitMem("runs/u").addImages(Long.parseLong(image)).setLeastUnitMem(0.3);
        EncoderEdit edit = edit(prune(owned));
        assertEquals(naive, changed(edit));
        EncoderEdit random = edit(prune(owned.clone().setBy(PruneUnits.By.RANDOM_AS_OWNED).setSeed(4)));
        for (int layer = 0; layer < edit.getLayersCount(); layer++) {
            assertEquals(edit.getLayers(layer).getChangedCount(), random.getLayers(layer).getChangedCount());
        }
        assertTrue(Collections.disjoint(naive, changed(random)));
        Set<String> two = changed(edit(prune(owned.clone().setMostUnits(2))));
        assertTrue(two.size() == 2 && naive.containsAll(two), two::toString);
        assertFails("spec.prune.images: none of them owns", edit(owned.clone().clearImages().addImages(123_456_789)));
    }

    private static Set<String> changed(EncoderEdit edit) {
        Set<String> changed = new TreeSet<>();
        edit.getLayersList().forEach(layer -> layer.getChangedList().forEach(unit -> changed.add(layer.getLayer() + " " + unit)));
        return changed;
    }

    @Test
    void aShareOfNothingLeavesEveryWeightAsItIs() throws Exception {
        EncoderEdit edit = edit(prune(PruneUnits.newBuilder().setBy(PruneUnits.By.LOWEST).setUnitMem("runs/u").setPool(UnitPool.UNIT_POOL_TOTAL)));
        assertEquals(0, edit.getChanged());
        assertEquals(edit.getSourceSha256(), edit.getResultSha256());
    }

    @Test
    void theSameEditIsTheSameBytesAndAnotherSeedIsNot() throws Exception {
        PruneUnits.Builder random = PruneUnits.newBuilder().setBy(PruneUnits.By.RANDOM).setShare(0.2).setSeed(5);
        FolderRun once = prune(random);
        FolderRun again = prune(random);
        for (String file : List.of("result.json", "units.csv", "manifest.json", "encoder.safetensors", "projector.safetensors")) {
            assertArrayEquals(once.bytes(file), again.bytes(file), file);
        }
        assertNotEquals(edit(once).getResultSha256(), edit(prune(random.setSeed(6))).getResultSha256());
    }

    @Test
    void exchangedLayersComeFromTheOther() throws Exception {
        FolderRun run = run(EditEncoderSpec.newBuilder().setSource(F).setExchange(ExchangeLayers.newBuilder()
                .setOther(G).addLayers("layer2.conv").setScope(LayerScope.LAYER_SCOPE_WEIGHT)));
        try (TrainedEncoder edited = TrainedEncoder.read(run.artifact("checkpoint"));
                TrainedEncoder f = TrainedEncoder.read(pair.folder(F));
                TrainedEncoder g = TrainedEncoder.read(pair.folder(G))) {
            for (String name : edited.state().names()) {
                TrainedEncoder from = name.equals("layer2.conv.weight") ? g : f;
                assertArrayEquals(from.state().get(name).bytes(), edited.state().get(name).bytes(), name);
            }
        }
        assertEquals(List.of("layer2.conv.weight"), edit(run).getLayers(0).getTensorsList());
    }

    @Test
    void oneTunedUnitIsPutAmongTheOthers() throws Exception {
        FolderRun run = run(EditEncoderSpec.newBuilder().setSource(F).setRestore(
                RestoreUnit.newBuilder().setTuned(G).setLayer("prep.conv").setUnit(7)));
        EncoderEdit edit = edit(run);
        assertEquals(List.of(7), edit.getLayers(0).getChangedList());
        assertEquals("layer,unit,edit\nprep.conv,7,restore\n", new String(run.bytes("units.csv"), StandardCharsets.UTF_8));
        try (TrainedEncoder edited = TrainedEncoder.read(run.artifact("checkpoint"));
                TrainedEncoder f = TrainedEncoder.read(pair.folder(F));
                TrainedEncoder g = TrainedEncoder.read(pair.folder(G))) {
            float[] expected = f.state().get("prep.conv.weight").floats();
            System.arraycopy(g.state().get("prep.conv.weight").floats(), 7 * 27, expected, 7 * 27, 27);
            assertArrayEquals(expected, edited.state().get("prep.conv.weight").floats());
        }
    }

    @Test
    void whatDoesNotFitIsSaidWithItsField() {
        PruneUnits.Builder highest = PruneUnits.newBuilder().setBy(PruneUnits.By.HIGHEST).setUnitMem("runs/u").setShare(0.1);
        assertFails("spec.prune.layers: there is no convolution or fully connected layer prep.relu; there are prep.conv", edit(highest.clone().addLayers("prep.relu")));
        assertFails("spec.prune.unit_mem: runs/u measured encoders/p-f, not encoders/p-g", edit(highest.clone()).setSource(G));
        assertFails("spec.prune.unit_mem: encoders/p-f is a run of import_encoder, not of unit_mem", edit(highest.clone().setUnitMem(F)));
        assertFails("spec.restore.unit: prep.conv has units 0 to 31, not 32", EditEncoderSpec.newBuilder().setSource(F).setRestore(
                RestoreUnit.newBuilder().setTuned(G).setLayer("prep.conv").setUnit(32)));
    }

    private void assertFails(String message, EditEncoderSpec.Builder spec) {
        String found = assertThrows(RunFailure.class, () -> run(spec)).getMessage();
        assertTrue(found.startsWith(message), found);
    }

    private FolderRun prune(PruneUnits.Builder prune) throws Exception {
        return run(edit(prune));
    }

    private static EditEncoderSpec.Builder edit(PruneUnits.Builder prune) {
        return EditEncoderSpec.newBuilder().setSource(F).setPrune(prune);
    }

    private FolderRun run(EditEncoderSpec.Builder spec) throws Exception {
        return new FolderRun(folder.resolve("edit-" + runs++), pair, RunSpec.newBuilder().setEditEncoder(spec).build())
                .knowing("runs/u", UNIT_MEM)
                .knowing(F, RunSpec.newBuilder().setImportEncoder(ImportEncoderSpec.getDefaultInstance()).build())
                .execute(new EditEncoderTask());
    }

    private static EncoderEdit edit(FolderRun run) throws Exception {
        return ResultJson.read(new String(run.bytes("result.json"), StandardCharsets.UTF_8), EncoderEdit.newBuilder()).build();
    }
}
