package dev.engram.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.checkpoint.SafetensorsReader;
import dev.engram.encoders.checkpoint.SafetensorsWriter;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.StateLayout;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./engram import} and {@code ./engram export} against a running Engram, as a person types them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckpointCommandsTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @TempDir
    static Path directory;

    private EngramProcess engram;

    @BeforeAll
    void up() throws Exception {
        int port = EngramProcess.freePort();
        engram = EngramProcess.local(
                directory.resolve("up"), port, "up", "--home", directory.resolve("home").toString(), "--port", Integer.toString(port));
        engram.awaitServing();
    }

    @AfterAll
    void down() throws Exception {
        engram.close();
    }

    @Test
    void whatIsImportedIsExportedTensorByTensor() throws Exception {
        Path file = weights("resnet9", Networks.encoder("resnet9", 3, 32, Map.of()));
        String report = run(0, "import", file.toString(), "--id", "mine", "--normalization", "half");
        assertTrue(report.contains("0 missing") && report.contains("encoders/mine"), report);
        Path out = directory.resolve("out.safetensors");
        run(0, "export", "mine", out.toString());
        try (StateDict given = SafetensorsReader.read(file).state();
                StateDict back = SafetensorsReader.read(out).state()) {
            assertEquals(List.copyOf(given.tensors().keySet()), List.copyOf(back.tensors().keySet()));
            given.tensors().forEach((name, tensor) -> {
                assertEquals(tensor.type(), back.get(name).type(), name);
                tensor.withBytes(bytes -> back.get(name).withBytes(other -> assertEquals(bytes, other, name)));
            });
        }
    }

    @Test
    void headsAreAskedForBeforeAnythingIsMade() throws Exception {
        Path file = weights("vit", Networks.encoder("vit_tiny", 3, 32, Map.of("patch", "8", "depth", "1")));
        String refused = run(1, "import", file.toString(), "--id", "vit");
        assertTrue(refused.contains("--network vit_tiny"), refused);
        assertTrue(run(1, "export", "vit", directory.resolve("none").toString()).contains("encoders/vit does not exist"));
    }

    @Test
    void aFileThatHoldsNoWeightsIsNamedWithItsByte() throws Exception {
        Path file = Files.writeString(directory.resolve("words.pt"), "these are no weights");
        String refused = run(1, "import", file.toString());
        assertTrue(refused.contains(file + ": byte 0"), refused);
        assertFalse(refused.contains("Exception") || refused.contains("\tat "), refused);
    }

    private String run(int code, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--port", Integer.toString(engram.port())));
        Path own = Files.createTempDirectory(directory, "command");
        try (EngramProcess command = EngramProcess.local(own, 0, all.toArray(String[]::new))) {
            int exit = command.awaitExit(LIMIT);
            assertEquals(code, exit, command.output());
            return command.output();
        }
    }

    private static Path weights(String name, Network network) throws IOException {
        Path file = directory.resolve(name + ".safetensors");
        try (StateDict state = StateLayout.of(network).initialState(3);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            SafetensorsWriter.write(out, state, Map.of());
        }
        return file;
    }
}
