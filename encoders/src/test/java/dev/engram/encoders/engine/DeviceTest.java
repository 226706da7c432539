package dev.engram.encoders.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {
    @Test
    void aLabelNamesTheCpuOrACard() {
        assertFalse(new Device("cpu").isCuda());
        assertEquals(11, new Device("cuda:11").index());
        assertThrows(IllegalStateException.class, Device.CPU::index);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu:0", "cuda", "cuda:", "cuda:-1", "cuda:01", "cuda:1000", "CPU", "cuda:0 "})
    void anythingElseIsRefused(String label) {
        String message = assertThrows(IllegalArgumentException.class, () -> new Device(label)).getMessage();
        assertTrue(message.contains("\"" + label + "\""), message);
    }

    @Test
    void aCpuHasNoTf32() {
        assumeFalse(TorchEngine.device().isCuda(), "this process computes on a card");
        assertEquals(
                "precision: tf32 is a mode of CUDA devices; this process computes on cpu (engram.devices)",
                assertThrows(IllegalArgumentException.class, () -> TorchEngine.use(Precision.TF32)).getMessage());
        assertEquals(Precision.BFLOAT16, TorchEngine.use(Precision.BFLOAT16));
        assertEquals(List.of(Precision.FLOAT32, Precision.BFLOAT16), TorchEngine.precisions());
    }

    @Test
    void theLibrarysSwitchesAreFoundAndTurn() {
        TorchEngine.start(1);
        boolean before = CudaSwitches.allowsTf32();
        CudaSwitches.allowTf32(true);
        assertTrue(CudaSwitches.allowsTf32());
        CudaSwitches.allowTf32(before);
        assertEquals(before, CudaSwitches.allowsTf32());
        boolean sums = CudaSwitches.allowsBfloat16Sums();
        CudaSwitches.allowBfloat16Sums(!sums);
        assertEquals(!sums, CudaSwitches.allowsBfloat16Sums());
        CudaSwitches.allowBfloat16Sums(sums);
    }

    @Test
    void aCardThatIsNotThereIsNamedWithItsSetting() throws Exception {
        assumeFalse(TorchEngine.device().isCuda(), "this process computes on a card");
        String said = Child.say("cuda:0");
        assertTrue(said.startsWith("cuda:0 is asked for (engram.devices), but the native library is built for the CPU alone"), said);
        assertTrue(said.contains("PYTORCH_LIBRARY_PATH (/no/such/folder) and PYTORCH_FLAVOR (not set)"), said);
    }

    @Test
    void aLibraryForCardsThatFindsNoneIsToldFromOneForTheCpu(@TempDir Path folder) throws IOException {
        String path = folder.toString();
        assertTrue(TorchEngine.whyNoCard(path, "cu128").startsWith("the native library is built for the CPU alone: PYTORCH_LIBRARY_PATH (" + path));
        Files.createFile(folder.resolve("libtorch_cuda.so"));
        assertTrue(TorchEngine.whyNoCard(path, "cu128").startsWith("libtorch for CUDA, in " + path + ", finds no card: there is no driver"));
        assertTrue(TorchEngine.whyNoCard(null, null).contains("PYTORCH_LIBRARY_PATH (not set) and PYTORCH_FLAVOR (not set)"));
    }

    /** A JVM of its own, as a process has one device for all its life. */
    public static final class Child {
        private Child() {}

        static String say(String device) throws IOException, InterruptedException {
            ProcessBuilder command = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "--enable-native-access=ALL-UNNAMED",
                    "-cp", System.getProperty("java.class.path"), Child.class.getName());
            command.environment().put(TorchEngine.DEVICE_VARIABLE, device);
            command.environment().put("PYTORCH_LIBRARY_PATH", "/no/such/folder");
            command.environment().remove("PYTORCH_FLAVOR");
            Process process = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said;
        }

        public static void main(String[] arguments) {
            try {
                TorchEngine.start(1);
                System.out.print("computes on " + TorchEngine.device());
            } catch (EngineException e) {
                System.out.print(e.getMessage());
            }
        }
    }
}
