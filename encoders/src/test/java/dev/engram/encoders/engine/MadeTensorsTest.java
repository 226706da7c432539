package dev.engram.encoders.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a program makes of nothing lies on the CPU unless it says where, and fails beside the tensors of a card. Everything else that a
 * program computes lies where its arguments lie; so a program whose every maker names a device runs on a card.
 */
class MadeTensorsTest {
    private static final Pattern MADE_OF_NOTHING = Pattern.compile(
            "(?:torch|ops\\.aten)\\.(?:tensor|scalar_tensor|zeros|ones|full|empty|empty_strided|arange|range|eye|linspace|logspace|rand|randn"
                    + "|randint|randperm|normal|tril_indices|triu_indices|hann_window|from_file)\\((?!.*device=).*");

    @Test
    void everyMakerNamesItsDevice() {
        List<String> found = sources().flatMap(MadeTensorsTest::makers).toList();
        assertEquals(List.of(), found, "add device=x.device, x being one of the program's arguments");
    }

    @Test
    void aMakerWithoutOneIsFound() {
        assertTrue(MADE_OF_NOTHING.matcher("  v1 = torch.arange(torch.size(x, 0))").find());
        assertTrue(MADE_OF_NOTHING.matcher("  v1 = torch.tensor([1., 2.], dtype=7)").find());
        assertTrue(!MADE_OF_NOTHING.matcher("  v1 = torch.zeros([2], dtype=6, device=x.device)").find());
        assertTrue(!MADE_OF_NOTHING.matcher("  v1 = torch.zeros_like(x)").find());
    }

    /** Of every module that writes programs. */
    private static Stream<Path> sources() {
        return Stream.of("encoders", "trainer-service", "metrics-service", "attack-service")
                .map(module -> Path.of("..", module, "src"))
                .flatMap(MadeTensorsTest::files)
                .filter(file -> file.toString().endsWith(".java") && !file.endsWith(MadeTensorsTest.class.getSimpleName() + ".java"));
    }

    private static Stream<Path> files(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> makers(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return IntStream.range(0, lines.size())
                    .filter(i -> MADE_OF_NOTHING.matcher(lines.get(i)).find())
                    .mapToObj(i -> "%s:%d: %s".formatted(file, i + 1, lines.get(i).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
