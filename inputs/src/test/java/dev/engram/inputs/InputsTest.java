package dev.engram.inputs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.checkpoint.CheckpointFolder;
import dev.engram.encoders.checkpoint.CheckpointManifest;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetBuilder;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.data.SplitMaker;
import dev.engram.encoders.data.SplitSizes;
import dev.engram.runs.OtherVersionException;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunFailure;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.RunError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Resources that are not what they were when they were made. */
class InputsTest {
    @TempDir
    private Path folder;

    private ResourceFolders run;
    private ImageSet images;
    private Split drawn;

    @BeforeEach
    void draw() throws Exception {
        run = new ResourceFolders(folder);
        ImageSetFile.write(some(40), run.make("datasets/d").resolve(ImageSetFile.FILE_NAME));
        images = Inputs.images(run, "datasets/d");
        drawn = SplitMaker.draw(images, new SplitSizes(8, 4, 4, 4, 10), 2, SplitMaker.DuplicatePolicy.REFUSE).split();
        write(drawn);
    }

    private static ImageSet some(int count) {
        ImageSetBuilder builder = new ImageSetBuilder("some", new ImageShape(1, 4, 4), List.of("a", "b"), count);
        Random random = new Random(1);
        for (int i = 0; i < count; i++) {
            byte[] pixels = new byte[16];
            random.nextBytes(pixels);
            builder.add(pixels, i % 2);
        }
        return builder.build();
    }

    @Test
    void whatIsWholeIsRead() throws Exception {
        assertEquals(40, images.size());
        assertEquals(drawn, Inputs.split(run, "splits/s", images));
    }

    @Test
    void aSplitThatOverlapsIsRefusedWithTheImage() throws Exception {
        int shared = drawn.indices(Part.SHARED)[0];
        int[] candidates = drawn.indices(Part.CANDIDATE);
        candidates[3] = shared;
        assertDamagedSplit(with(Part.CANDIDATE, candidates), "shared and candidate: image " + shared + " (images in more than one place)");
    }

    @Test
    void aSplitOfImagesThatAreNotThereIsRefused() throws Exception {
        int[] external = drawn.indices(Part.EXTERNAL);
        external[0] = images.size();
        assertDamagedSplit(with(Part.EXTERNAL, external), "external: " + images.size());
    }

    @Test
    void aSplitOfAnotherDataSetIsRefused() throws Exception {
        assertDamagedSplit(new Split("0".repeat(64), drawn.images(), drawn.seed(), parts()), "the split was made for " + "0".repeat(64));
    }

    @Test
    void damagedImagesAreRefusedWithTheDataSet() throws Exception {
        Path file = run.make("datasets/d").resolve(ImageSetFile.FILE_NAME);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertDamaged("datasets/d: ", "images.safetensors", () -> Inputs.images(run, "datasets/d"));
    }

    @Test
    void aDamagedEncoderIsRefusedWithItsName() throws Exception {
        Files.writeString(run.make("encoders/e").resolve(CheckpointFolder.MANIFEST), "{}");
        assertDamaged("encoders/e: ", CheckpointFolder.MANIFEST, () -> Inputs.encoder(run, "encoders/e"));
    }

    /** Which was not to be known when the pair was made of them. */
    @Test
    void encodersThatCannotBeComparedAreRefusedWithTheirDifference() throws Exception {
        ResolvedPair pair = new ResolvedPair("pairs/p", "encoders/f", "encoders/g", "splits/s", "datasets/d");
        describe("encoders/f", 32);
        describe("encoders/g", 32);
        Inputs.requireAlike(run, pair);
        describe("encoders/g", 64);
        RunFailure refused = assertThrows(RunFailure.class, () -> Inputs.requireAlike(run, pair));
        assertEquals(RunError.Category.INVALID_SPEC, refused.category());
        assertEquals(
                "pairs/p: encoders/g cannot be compared with encoders/f: its input is [3, 64, 64], the candidate's is [3, 32, 32]", refused.getMessage());
    }

    @Test
    void whatAnotherVersionWroteInAnotherWayIsToBeMadeAgain() throws Exception {
        Files.writeString(run.make("encoders/e").resolve(CheckpointFolder.MANIFEST), "{}");
        Files.writeString(run.make("runs/r").resolve("result.json"), "{\"layers\": 3}");
        Files.writeString(run.make("runs/newer").resolve("result.json"), "{\"views\": 3, \"added\": 1}");
        assertDamaged("runs/r: ", "layers", () -> Inputs.message(run, "runs/r", "result.json", LayerMemResult.newBuilder()));
        assertEquals(3, Inputs.message(run, "runs/newer", "result.json", LayerMemResult.newBuilder()).getViews());

        run.version = Optional.of("0.1");
        String encoder = assertThrows(OtherVersionException.class, () -> Inputs.encoder(run, "encoders/e")).getMessage();
        assertTrue(encoder.startsWith("encoders/e was made by another version of Engram (0.1)"), encoder);
        run.version = Optional.empty();
        assertThrows(OtherVersionException.class, () -> Inputs.message(run, "runs/r", "result.json", LayerMemResult.newBuilder()));
    }

    private void describe(String encoder, int side) throws Exception {
        Map<String, String> details = Map.of("channels", "3", "side", Integer.toString(side), "augmentation", "simclr-normal", "parameters", "1");
        CheckpointManifest manifest = CheckpointManifest.describe("resnet9", 0, Map.of(), details)
                .with(List.of(new CheckpointManifest.File("encoder.safetensors", 1, "0".repeat(64))));
        Files.write(run.make(encoder).resolve(CheckpointFolder.MANIFEST), manifest.toJson());
    }

    private Split with(Part part, int[] indices) {
        Map<Part, int[]> parts = parts();
        parts.put(part, indices);
        return new Split(drawn.dataset(), drawn.images(), drawn.seed(), parts);
    }

    private Map<Part, int[]> parts() {
        Map<Part, int[]> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            parts.put(part, drawn.indices(part).clone());
        }
        return parts;
    }

    private void write(Split split) throws Exception {
        Files.write(run.make("splits/s").resolve(Split.FILE_NAME), split.toJson());
    }

    private void assertDamagedSplit(Split split, String problem) throws Exception {
        write(split);
        assertDamaged("splits/s: ", problem, () -> Inputs.split(run, "splits/s", images));
    }

    private static void assertDamaged(String resource, String problem, Executable read) {
        RunFailure refused = assertThrows(RunFailure.class, read);
        assertEquals(RunError.Category.DATA_LOSS, refused.category());
        assertTrue(refused.getMessage().startsWith(resource) && refused.getMessage().contains(problem), refused.getMessage());
    }
}
