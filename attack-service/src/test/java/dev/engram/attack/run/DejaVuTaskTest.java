package dev.engram.attack.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.JsonFormat;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.engine.Tensor;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunStopped;
import dev.engram.testing.FolderRunContext;
import dev.engram.v1.Crop;
import dev.engram.v1.CropResult;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.DirectionResult;
import dev.engram.v1.EmptyRectangleCrop;
import dev.engram.v1.GridCellCrop;
import dev.engram.v1.LeftOutClass;
import dev.engram.v1.RepeatGap;
import dev.engram.v1.RepeatResponse;
import dev.engram.v1.RunError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DejaVuTaskTest {
    private static final Crop LOWER_LEFT = AttackFixture.corner(Crop.Corner.LOWER_LEFT, 0.3);

    @TempDir
    Path root;

    @Test
    void findsWhatEncodersRemember() throws Exception {
        ScratchRun run = run(twoCrops()).execute(remembering(AttackFixture.in(root, 100)));
        DejaVuResult result = result();
        assertEquals(5, result.getK());
        assertEquals(0.2, result.getChance());
        assertEquals(0.2, result.getMajority());
        assertEquals(List.of(60, 60), List.of(result.getCandidates(), result.getIndependents()));
        assertEquals(2, result.getCropsCount());
        for (CropResult crop : result.getCropsList()) {
            assertEquals("projector", crop.getCut());
            assertEquals(1.0, crop.getTarget().getValue());
            assertEquals(0.2, crop.getReference().getValue(), 0.12);
            assertTrue(crop.getScore().getCiLow() > 0.5, crop.getScore().toString());
            assertEquals(
                    crop.getMemorized().getValue() - crop.getMisrepresented().getValue(), crop.getScore().getValue());
            assertEquals(0.0, crop.getUnassociated().getValue());
            assertEquals(5, crop.getClassesCount());
            assertFalse(crop.hasRepeats());
            assertTrue(crop.getClassesList().stream().allMatch(gap -> gap.getGap() > 0.4 && gap.getQ() < 0.01), crop.toString());
            assertTrue(crop.getSwapTest().getPGreater() < 1e-12, crop.getSwapTest().toString());
            assertEquals(List.of("confidence", "difference"), crop.getMembershipList().stream().map(test -> test.getScore()).toList());
            assertTrue(crop.getMembership(0).getAuc().getCiLow() >= 0.5, crop.getMembership(0).toString());
            assertEquals(
                    List.of("candidate", "independent"),
                    crop.getDirectionsList().stream().map(direction -> direction.getDirection()).toList());
        }
        assertEquals(run.lastTotal, run.lastDone);
        assertEquals(2 * (100 + 2 * 2 * 120), run.lastTotal);
        assertEquals("voting", run.stages.getLast());
    }

    @Test
    void listsEveryAttackedImageWithItsNeighbors() throws Exception {
        AttackFixture fixture = AttackFixture.in(root, 100);
        run(twoCrops()).execute(remembering(fixture));
        List<String> lines = Files.readAllLines(result("attacked.csv"));
        assertEquals(1 + 2 * 120, lines.size());
        String[] first = lines.get(1).split(",");
        assertEquals("memorized", first[4]);
        assertEquals(5, first[18].split(" ").length);
        List<Integer> publicIds = Arrays.stream(fixture.images.ids(fixture.split.indices(Part.PUBLIC))).boxed().toList();
        for (String neighbor : (first[18] + " " + first[19]).split(" ")) {
            assertTrue(publicIds.contains(Integer.parseInt(neighbor)), neighbor);
        }
        NeighborTable table = NeighborTable.read(result("neighbors-1-independent-f.safetensors"));
        assertEquals(60, table.images().length);
        assertEquals(5, table.neighbors()[59].length);
        assertTrue(table.distances()[0][0] <= table.distances()[0][4]);
        assertEquals(1 + 2 * 3 * 99, Files.readAllLines(result("curve.csv")).size());
    }

    @Test
    void scoresImagesByHowOftenTrainingVisitsThem() throws Exception {
        AttackFixture fixture = AttackFixture.in(root, AttackFixture.repeated(), 100);
        run(twoCrops()).execute(remembering(fixture));
        RepeatResponse repeats = result().getCrops(0).getRepeats();
        assertEquals(List.of(1, 2, 4), repeats.getCountsList().stream().map(RepeatGap::getRepeatCount).toList());
        assertEquals(120, repeats.getCountsList().stream().mapToInt(RepeatGap::getImages).sum());
        for (RepeatGap count : repeats.getCountsList()) {
            assertEquals(1.0, count.getGap().getTarget().getValue(), "all are remembered, however rarely they were seen");
            assertEquals(
                    count.getMemorized().getValue() - count.getMisrepresented().getValue(), count.getGap().getScore().getValue());
        }
        assertTrue(repeats.getPerDoubling().getCiLow() < 0 && repeats.getPerDoubling().getCiHigh() > 0, repeats.toString());
        List<String> lines = Files.readAllLines(result("attacked.csv"));
        int column = Arrays.asList(lines.getFirst().split(",")).indexOf("repeat_count");
        for (String line : lines.subList(1, lines.size())) {
            String[] row = line.split(",");
            assertEquals(1 << Integer.parseInt(row[2]) % 3, Integer.parseInt(row[column]), line);
        }
    }

    @Test
    void theSameEncoderTwiceScoresExactlyZero() throws Exception {
        AttackFixture fixture = AttackFixture.in(root, 100);
        int[] candidates = fixture.split.indices(Part.CANDIDATE);
        run(twoCrops()).execute(new DejaVuTask((run, encoder, cuts) -> new FakeEncoder(candidates, 1)));
        for (CropResult crop : result().getCropsList()) {
            assertEquals(0.0, crop.getScore().getValue());
            assertEquals(List.of(0.0, 0.0), List.of(crop.getScore().getCiLow(), crop.getScore().getCiHigh()));
            assertEquals(0.0, crop.getMemorized().getValue());
            assertEquals(0.0, crop.getMisrepresented().getValue());
            assertTrue(crop.getCorrelated().getValue() > 0.5);
        }
    }

    @Test
    void aKilledAttackGoesOnWhereItWasWithTheSameBytes() throws Exception {
        AttackFixture fixture = AttackFixture.in(root, 100);
        run(twoCrops()).execute(remembering(fixture));
        Map<String, byte[]> whole = published();
        for (int step = 1; step <= 8; step++) {
            forget();
            int died = step;
            assertThrows(FolderRunContext.Death.class, () -> run(twoCrops()).dieAfter(died).execute(remembering(fixture)));
            List<FakeEncoder> opened = new ArrayList<>();
            ScratchRun again = run(twoCrops()).execute(remembering(fixture, opened));
            assertSame(whole, published());
            assertEquals(again.lastTotal, again.lastDone, "progress after step " + step);
            int embedded = opened.stream().mapToInt(encoder -> encoder.embedded).sum();
            assertEquals((8 - step) * 60 + opened.size() * 100, embedded, "work after step " + step);
            assertEquals(step < 4 ? 2 : step < 8 ? 1 : 0, opened.size());
        }
    }

    @Test
    void aPausedAttackGoesOnWithTheSameBytes() throws Exception {
        AttackFixture fixture = AttackFixture.in(root, 100);
        run(twoCrops()).execute(remembering(fixture));
        Map<String, byte[]> whole = published();
        forget();
        long tensors = Tensor.alive();
        int pauses = 0;
        for (int looks = 3; ; looks += 3) {
            try {
                run(twoCrops()).stopAfter(looks).execute(remembering(fixture));
                break;
            } catch (RunStopped stopped) {
                pauses++;
                assertFalse(Files.exists(result("result.json")));
                assertEquals(tensors, Tensor.alive());
            }
        }
        assertTrue(pauses > 3, pauses + " pauses");
        assertSame(whole, published());
    }

    @Test
    void aBalancedPublicSetHasEachClassAsOftenAsTheSmallest() throws Exception {
        AttackFixture fixture = AttackFixture.in(root, 103);
        run(DejaVuSpec.newBuilder()).execute(remembering(fixture));
        assertEquals(103, result().getPublicImages());
        run(DejaVuSpec.newBuilder().setBalancedPublicSet(true)).execute(remembering(fixture));
        assertEquals(100, result().getPublicImages());
        assertEquals(0.2, result().getMajority());
        assertEquals(1 + 5, Files.readAllLines(result("classes.csv")).size());
    }

    @Test
    void theBootstrapsSeedChangesIntervalsOnly() throws Exception {
        AttackFixture fixture = AttackFixture.in(root, 100);
        run(twoCrops()).execute(remembering(fixture));
        DejaVuResult one = result();
        run(twoCrops().setSeed(9)).execute(remembering(fixture));
        DejaVuResult other = result();
        assertEquals(one.getCrops(0).getScore().getValue(), other.getCrops(0).getScore().getValue());
        assertFalse(one.getCrops(0).getScore().equals(other.getCrops(0).getScore()));
    }

    @Test
    void attacksBesideTheBoxes() throws Exception {
        AttackFixture fixture = AttackFixture.in(root, 100);
        run(DejaVuSpec.newBuilder().addCrops(AttackFixture.periphery())).execute(remembering(fixture));
        assertEquals(8, result().getCrops(0).getCrop().getPeriphery().getMinSide());
        String[] row = Files.readAllLines(result("attacked.csv")).get(1).split(",");
        assertEquals(List.of("16", "8", "16", "16"), List.of(row[11], row[12], row[13], row[14]));
    }

    @Test
    void saysWhichClassesAreLeftOutAndWhy() throws Exception {
        AttackFixture fixture = AttackFixture.in(root, AttackFixture.someWithoutBox(), 100);
        Crop largest = Crop.newBuilder().setEmptyRectangle(EmptyRectangleCrop.newBuilder().setMinSide(8)).build();
        Crop cell = Crop.newBuilder().setGridCell(GridCellCrop.newBuilder().setRows(2).setColumns(2)).build();
        run(DejaVuSpec.newBuilder().addCrops(largest).addCrops(cell)).execute(remembering(fixture));
        DirectionResult direction = result().getCrops(0).getDirections(0);
        assertTrue(direction.getLeftOut() > 0, direction.toString());
        assertEquals(direction.getLeftOut(), direction.getLeftOutClassesList().stream().mapToInt(LeftOutClass::getNoBox).sum());
        assertEquals(1, direction.getLeftOutClassesCount());
        assertEquals(12, direction.getLeftOutClasses(0).getImages());
        assertEquals(0, result().getCrops(1).getDirections(0).getLeftOutClassesCount());
    }

    @Test
    void warnsOfCropsThatTellNothing() throws Exception {
        AttackFixture fixture = AttackFixture.in(root, AttackFixture.blackCorners(), 100);
        ScratchRun run = run(DejaVuSpec.newBuilder().addCrops(LOWER_LEFT)).execute(remembering(fixture));
        assertTrue(run.log.get(1).startsWith("WARNING lower left 0.3, candidate: 60 images attacked, 0 left out; 60"), run.log.get(1));
        assertEquals(60, result().getCrops(0).getDirections(0).getFlat());
        assertEquals(60, result().getCrops(0).getDirections(1).getRepeated());
    }

    @Test
    void refusesAPublicSetThatIsEmpty() throws Exception {
        AttackFixture fixture = AttackFixture.in(root, 0);
        RunFailure failure = failure(DejaVuSpec.newBuilder(), remembering(fixture));
        assertEquals(RunError.Category.INVALID_SPEC, failure.category());
        assertTrue(failure.getMessage().contains("public set is empty"), failure.getMessage());
    }

    @Test
    void refusesMoreNeighborsThanTheSmallestClassHasAndNamesTheLimit() throws Exception {
        AttackFixture fixture = AttackFixture.in(root, 100);
        RunFailure failure = failure(DejaVuSpec.newBuilder().setK(21), remembering(fixture));
        assertEquals(RunError.Category.INVALID_SPEC, failure.category());
        assertTrue(failure.getMessage().contains("k must be 1 to 20"), failure.getMessage());
    }

    @Test
    void refusesCropsTheImagesDoNotHave() throws Exception {
        AttackFixture fixture = AttackFixture.in(root, AttackFixture.noise(false), 100);
        RunFailure noBoxes = failure(DejaVuSpec.newBuilder().addCrops(AttackFixture.periphery()), remembering(fixture));
        assertTrue(noBoxes.getMessage().contains("spec.crops[0]: data set noise has no boxes"), noBoxes.getMessage());
        RunFailure noPixel = failure(
                DejaVuSpec.newBuilder().addCrops(LOWER_LEFT).addCrops(AttackFixture.corner(Crop.Corner.UPPER_LEFT, 0.01)),
                remembering(fixture));
        assertTrue(noPixel.getMessage().contains("spec.crops[1]"), noPixel.getMessage());
    }

    @Test
    void namesAnEncoderWhoseWeightsAreBroken() throws Exception {
        AttackFixture.in(root, 100);
        RunFailure failure = failure(DejaVuSpec.newBuilder(), new DejaVuTask((run, encoder, cuts) ->
                new FakeEncoder(new int[0], 1).broken(encoder.endsWith("g"))));
        assertEquals(RunError.Category.DIVERGED, failure.category());
        assertTrue(failure.getMessage().contains("encoder g"), failure.getMessage());
    }

    @Test
    void namesDamagedFiles() throws Exception {
        AttackFixture fixture = AttackFixture.in(root, 100);
        assertThrows(FolderRunContext.Death.class, () -> run(twoCrops()).dieAfter(2).execute(remembering(fixture)));
        Path neighbors = root.resolve("resume/neighbors-0-candidate-f.safetensors");
        Files.write(neighbors, Arrays.copyOf(Files.readAllBytes(neighbors), 300));
        RunFailure cut = failure(twoCrops(), remembering(fixture));
        assertEquals(RunError.Category.DATA_LOSS, cut.category());
        assertTrue(cut.getMessage().contains("neighbors-0-candidate-f.safetensors"), cut.getMessage());
        Path images = ScratchRun.input(root, "datasets/d").resolve(ImageSetFile.FILE_NAME);
        byte[] bytes = Files.readAllBytes(images);
        bytes[bytes.length - 5] ^= 1;
        Files.write(images, bytes);
        RunFailure changed = failure(twoCrops(), remembering(fixture));
        assertEquals(RunError.Category.DATA_LOSS, changed.category());
        assertTrue(changed.getMessage().startsWith("datasets/d: "), changed.getMessage());
    }

    private ScratchRun run(DejaVuSpec.Builder spec) {
        return new ScratchRun(root, AttackFixture.PAIR, AttackFixture.spec(spec));
    }

    private RunFailure failure(DejaVuSpec.Builder spec, DejaVuTask task) {
        return assertThrows(RunFailure.class, () -> run(spec).execute(task));
    }

    private static DejaVuSpec.Builder twoCrops() {
        return DejaVuSpec.newBuilder()
                .addCrops(LOWER_LEFT)
                .addCrops(AttackFixture.corner(Crop.Corner.UPPER_RIGHT, 0.5))
                .setResamples(200);
    }

    private static DejaVuTask remembering(AttackFixture fixture) {
        return remembering(fixture, new ArrayList<>());
    }

    private static DejaVuTask remembering(AttackFixture fixture, List<FakeEncoder> opened) {
        return new DejaVuTask((run, encoder, cuts) -> {
            boolean f = encoder.equals(AttackFixture.PAIR.candidate());
            Part part = f ? Part.CANDIDATE : Part.INDEPENDENT;
            FakeEncoder fake = new FakeEncoder(fixture.split.indices(part), f ? 1 : 2);
            opened.add(fake);
            return fake;
        });
    }

    private Path result(String file) {
        return root.resolve("result").resolve(file);
    }

    private DejaVuResult result() throws IOException {
        DejaVuResult.Builder result = DejaVuResult.newBuilder();
        JsonFormat.parser().merge(Files.readString(result("result.json")), result);
        return result.build();
    }

    private Map<String, byte[]> published() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(root.resolve("result"))) {
            for (Path path : paths.toList()) {
                files.put(path.getFileName().toString(), Files.readAllBytes(path));
            }
        }
        return files;
    }

    private static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> actual) {
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((file, bytes) -> assertArrayEquals(bytes, actual.get(file), file));
    }

    /** Removes what earlier attempts left. */
    private void forget() throws IOException {
        for (String folder : List.of("result", "resume")) {
            try (Stream<Path> paths = Files.exists(root.resolve(folder)) ? Files.list(root.resolve(folder)) : Stream.empty()) {
                for (Path path : paths.toList()) {
                    Files.delete(path);
                }
            }
            Files.deleteIfExists(root.resolve(folder));
        }
    }
}
