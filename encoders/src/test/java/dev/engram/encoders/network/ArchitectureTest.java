package dev.engram.encoders.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    static Stream<String> names() {
        return Networks.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theTreeHoldsEveryTapAndEveryTensorOnce(String name) {
        Network network = Networks.encoder(name, 3, 32);
        StateLayout layout = StateLayout.of(network);
        ArchitectureModule root = Architecture.of(network).root();
        List<ArchitectureModule> all = new ArrayList<>();
        collect(root, all);
        assertEquals(layout.parameterCount(), root.parameters());
        assertEquals(layout.state().size(), all.stream().mapToInt(module -> module.tensors().size()).sum());
        assertEquals(layout.taps().size(), all.stream().filter(module -> module.kind().isPresent()).count());
        for (ArchitectureModule module : all) {
            module.tensors().forEach(tensor -> assertEquals(
                    module.path().isEmpty() ? tensor.name() : module.path() + "." + tensor.name().substring(
                            tensor.name().lastIndexOf('.') + 1), tensor.name()));
            assertTrue(!module.shape().isEmpty(), module.path());
        }
        for (Tap tap : layout.taps()) {
            ArchitectureModule module = all.stream().filter(m -> m.path().equals(tap.path())).findFirst().orElseThrow();
            assertEquals(tap.shape(), module.shape());
            assertEquals(tap.units(), module.units());
        }
    }

    @Test
    void aBlockOfATransformer() {
        Architecture architecture = Architecture.of(Networks.encoder("vit_tiny", 3, 32, Map.of("depth", "2")));
        ArchitectureModule root = architecture.root();
        assertEquals(List.of("cls_token", "pos_embed"), root.tensors().stream().map(StateSpec::name).toList());
        assertEquals(List.of("patch_embed", "pos_drop", "blocks", "norm"), names(root));
        ArchitectureModule block = root.children().get(2).children().get(1);
        assertEquals("blocks.1", block.path());
        assertEquals(List.of("norm1", "attn", "add", "norm2", "mlp", "add_1"), names(block));
        assertEquals(Optional.empty(), block.kind());
        assertEquals(List.of(65L, 192L), block.shape());
        assertEquals(444_864, block.parameters());
        ArchitectureModule hidden = block.children().get(4).children().get(0);
        assertEquals("fc1", hidden.name());
        assertEquals("linear", hidden.kindName());
        assertEquals(768, hidden.units());
    }

    @Test
    void aPersonCanReadIt() {
        List<String> lines = Architecture.of(ResNet9.classifier(10)).lines();
        assertTrue(lines.getFirst().matches("\\(all\\) +\\[10\\] +1,647,242"), lines.getFirst());
        assertTrue(lines.get(2).matches("    conv +conv +\\[32, 32, 32\\] +896"), lines.get(2));
    }

    private static List<String> names(ArchitectureModule module) {
        return module.children().stream().map(ArchitectureModule::name).toList();
    }

    private static void collect(ArchitectureModule module, List<ArchitectureModule> all) {
        all.add(module);
        module.children().forEach(child -> collect(child, all));
    }
}
