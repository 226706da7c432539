package dev.engram.encoders.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NetworksTest {
    static Stream<NetworkFamily> families() {
        return Networks.families().stream();
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyFamilyMakesAnEncoderThatSaysHowItWasMade(NetworkFamily family) {
        Network network = Networks.encoder(family.name(), 3, 32);
        assertEquals(family.name(), network.name());
        assertEquals(List.of(3L, 32L, 32L), network.input());
        assertEquals(family.options().stream().map(NetworkOption::name).toList(), List.copyOf(network.options().keySet()));
        family.options().forEach(option ->
                assertEquals(option.defaultValue(), network.options().get(option.name()), option.name()));
        Network again = Networks.encoder(network.name(), 3, 32, network.options());
        assertEquals(StateLayout.of(network), StateLayout.of(again));
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyFamilyCanHaveAClassifier(NetworkFamily family) {
        StateLayout encoder = StateLayout.of(Networks.encoder(family.name(), 3, 32));
        StateLayout classifier = StateLayout.of(Networks.encoder(family.name(), 3, 32, Map.of("classes", "7")));
        assertEquals(List.of(7L), classifier.taps().getLast().shape());
        assertEquals(encoder.state(), classifier.state().subList(0, encoder.state().size()));
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyTapHasAPathOfItsOwn(NetworkFamily family) {
        List<String> paths = StateLayout.of(Networks.encoder(family.name(), 3, 32)).taps().stream().map(Tap::path).toList();
        assertEquals(paths.size(), new HashSet<>(paths).size(), paths::toString);
    }

    @Test
    void everyOptionIsDescribedForAPerson() {
        for (NetworkFamily family : Networks.families()) {
            assertFalse(family.title().isBlank() || !family.source().contains("https://"), family.name());
            for (NetworkOption option : family.options()) {
                assertFalse(option.meaning().isBlank(), option.name());
                assertEquals(java.util.Optional.empty(), option.problem(option.defaultValue()), option.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void theDocumentationHasItsOptionsAndItsSize(NetworkFamily family) throws IOException {
        StateLayout layout = StateLayout.of(Networks.encoder(family.name(), 3, 32));
        List<String> rows = Files.readAllLines(Path.of("../docs/networks.md")).stream()
                .filter(line -> line.startsWith("| `" + family.name() + "` |"))
                .toList();
        assertEquals(1, rows.size());
        assertTrue(rows.getFirst().contains("| %,d |".formatted(layout.parameterCount())), rows::getFirst);
        boolean refersToAnother = rows.getFirst().contains("as `") || rows.getFirst().contains("the same,");
        for (NetworkOption option : family.options()) {
            boolean written = rows.getFirst().contains("`%s` (%s)".formatted(option.name(), option.defaultValue()));
            assertTrue(written || refersToAnother || option.name().equals("classes"), option.name());
        }
    }

    @Test
    void everyProblemWithTheOptionsIsToldAtOnce() {
        String message = assertThrows(IllegalArgumentException.class, () -> Networks.encoder("vit_tiny", 3, 32,
                new java.util.TreeMap<>(Map.of("depth", "twelve", "pool", "max", "class_token", "yes", "patches", "4"))))
                .getMessage();
        assertEquals(
                "network_options.depth: \"twelve\" is not one of 1 … 128;"
                        + " network_options.class_token: \"yes\" is not one of true or false;"
                        + " network_options.pool: \"max\" is not one of token or avg;"
                        + " network_options.patches: vit_tiny has no such option; it has patch, width, depth, heads, class_token,"
                        + " pool, positions, initialization, classes",
                message);
    }

    @Test
    void numbersAreWrittenInOneWay() {
        for (String value : List.of("+4", "04", " 4", "4.0", "0x4", "", "300", "-1")) {
            assertThrows(IllegalArgumentException.class,
                    () -> Networks.encoder("vit_tiny", 3, 32, Map.of("patch", value)), value);
        }
    }

    @Test
    void anUnknownNetworkIsRefusedWithThoseThereAre() {
        assertEquals("network: \"resnet10\" is unknown; there are " + String.join(", ", Networks.names()),
                assertThrows(IllegalArgumentException.class, () -> Networks.encoder("resnet10", 3, 32)).getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "vit_tiny | heads=5 | network_options.heads: 5 heads do not divide a width of 192",
        "vit_tiny | patch=5 | network_options.patch: patches of 5 pixels do not tile images of 32",
        "vit_tiny | class_token=false | network_options.pool: there is no class token, only avg is possible",
        "vit_tiny | positions=sincos,width=6 | network_options.width: sincos positions need a multiple of 4, not 6",
        "resnet18 | norm=group,last_width=48 | network_options.last_width: 32 groups do not divide 48 units",
        "conv_autoencoder | depth=6 | network_options.depth: images of 32 pixels cannot be halved 6 times",
        "convnet | crop=16 | network_options.crop: 16 leaves nothing of [3, 32, 32]",
        "convnet | crop=10 | conv2: a kernel of 5 does not fit into [200, 2, 2]: the input is too small"
    })
    void optionsThatDoNotGoTogetherAreRefused(String name, String options, String problem) {
        Map<String, String> asked = Stream.of(options.split(","))
                .map(option -> option.split("="))
                .collect(Collectors.toMap(option -> option[0], option -> option[1]));
        assertEquals(problem, assertThrows(IllegalArgumentException.class,
                () -> Networks.encoder(name, 3, 32, asked)).getMessage());
    }

    @Test
    void imagesThatDoNotFitAreRefusedAtOnce() {
        assertThrows(IllegalArgumentException.class, () -> Networks.encoder("resnet9", 3, 28));
        assertThrows(IllegalArgumentException.class, () -> Networks.encoder("resnet9", 0, 32));
        assertThrows(IllegalArgumentException.class, () -> Networks.encoder("vit_tiny", 3, 30));
    }
}
