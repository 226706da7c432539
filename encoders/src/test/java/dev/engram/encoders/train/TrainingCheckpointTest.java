package dev.engram.encoders.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.checkpoint.CheckpointFolder;
import dev.engram.encoders.checkpoint.CheckpointManifest;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.file.CorruptFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingCheckpointTest {
    private static final Map<String, Long> SEEDS = Map.of("run", 7L);
    private static final List<String> FILES = List.of(
            "average_encoder.safetensors", "average_projector.safetensors", "encoder.safetensors", "manifest.json",
            "optimizer.safetensors", "projector.safetensors");

    @TempDir
    Path folder;

    @Test
    void aTrainingGoesOnFromItsCheckpointToTheSameFiles() throws IOException {
        long before = Tensor.alive();
        try (TrainingStep step = TinyTraining.step();
                TrainingState state = step.initialState(1)) {
            EncoderTraining training = new EncoderTraining(TinyTraining.plan(), step, TinyTraining.noise());
            training.run(state, new TinyTraining.Recorder(3));
            write(folder.resolve("third"), state);
            training.run(state, new TinyTraining.Recorder(9));
            write(folder.resolve("whole"), state);
            try (TrainingState resumed = TrainingCheckpoint.read(folder.resolve("third"))) {
                assertEquals(3, resumed.step());
                training.run(resumed, new TinyTraining.Recorder(9));
                write(folder.resolve("resumed"), resumed);
                assertEquals(TinyTraining.bits(state), TinyTraining.bits(resumed));
            }
        }
        for (String file : FILES) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("whole").resolve(file)),
                    Files.readAllBytes(folder.resolve("resumed").resolve(file)), file);
        }
        assertEquals(before, Tensor.alive());
    }

    @Test
    void theEncoderIsNamedAsInPyTorch() throws IOException {
        CheckpointManifest manifest = initial();
        assertEquals("tiny+6-5", manifest.network());
        assertEquals(Map.of("run", 7L), manifest.seeds());
        Map<String, StateDict> parts = new CheckpointFolder(folder).read();
        assertEquals(
                List.of("conv.weight", "conv.bias", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var",
                        "bn.num_batches_tracked"),
                List.copyOf(parts.get("encoder").names()));
        assertTrue(parts.get("projector").names().containsAll(List.of("0.weight", "1.running_var", "3.weight")));
        parts.values().forEach(StateDict::close);
    }

    @Test
    void everyFileThatIsMissingOrChangedIsNamed() throws IOException {
        for (CheckpointManifest.File file : initial().files()) {
            Path path = folder.resolve(file.name());
            byte[] whole = Files.readAllBytes(path);
            byte[] flipped = whole.clone();
            flipped[whole.length - 1] ^= 1;
            Files.write(path, flipped);
            assertNames(path, "has SHA-256");
            Files.write(path, java.util.Arrays.copyOf(whole, whole.length - 1));
            assertNames(path, "has %d bytes, not %d".formatted(whole.length - 1, whole.length));
            Files.delete(path);
            assertNames(path, "is missing");
            Files.write(path, whole);
        }
        TrainingCheckpoint.read(folder).close();
    }

    @Test
    void withoutAManifestThereIsNoCheckpoint() throws IOException {
        initial();
        assertTrue(new CheckpointFolder(folder).exists());
        Files.delete(folder.resolve(CheckpointFolder.MANIFEST));
        assertFalse(new CheckpointFolder(folder).exists());
        assertNames(folder.resolve(CheckpointFolder.MANIFEST), "is missing: not a checkpoint, or not a whole one");
    }

    @Test
    void aManifestThatLiesIsNamed() throws IOException {
        CheckpointManifest manifest = initial();
        Path path = folder.resolve(CheckpointFolder.MANIFEST);
        String json = Files.readString(path);
        Files.writeString(path, json.replace("encoder.safetensors", "../encoder.safetensors"));
        assertNames(path, "file name ../encoder.safetensors is not allowed");
        Files.writeString(path, json.replace(CheckpointManifest.FORMAT, "other").replace("\"step\" : 0", "\"step\" : -1"));
        assertNames(path, "format is other, not engram-checkpoint-1; step is -1");
        Files.writeString(path, json.substring(0, json.length() / 2));
        assertNames(path, "not a manifest");
        Files.writeString(path, json);
        assertEquals(manifest, new CheckpointFolder(folder).manifest());
    }

    private CheckpointManifest initial() throws IOException {
        try (TrainingStep step = TinyTraining.step();
                TrainingState state = step.initialState(1)) {
            return write(folder, state);
        }
    }

    private void assertNames(Path file, String problem) {
        long before = Tensor.alive();
        CorruptFileException e = assertThrows(CorruptFileException.class, () -> TrainingCheckpoint.read(folder));
        assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
        assertTrue(e.getMessage().contains(problem), e.getMessage());
        assertEquals(before, Tensor.alive());
    }

    private static CheckpointManifest write(Path folder, TrainingState state) throws IOException {
        return TrainingCheckpoint.write(folder, state, "tiny+6-5", SEEDS, Map.of("objective", "simclr"));
    }
}
