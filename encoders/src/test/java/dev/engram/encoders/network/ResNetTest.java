package dev.engram.encoders.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResNetTest {
    @Test
    void hasTheStateOfTorchvision() {
        StateLayout layout = StateLayout.of(Networks.encoder("resnet18", 3, 32, Map.of("classes", "10")));
        assertEquals(11_173_962, layout.parameterCount());
        assertEquals(122, layout.state().size());
        List<String> names = layout.state().stream().map(StateSpec::name).toList();
        assertEquals(List.of("conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean"), names.subList(0, 4));
        int downsample = names.indexOf("layer2.0.downsample.0.weight");
        assertEquals("layer2.0.bn2.num_batches_tracked", names.get(downsample - 1));
        assertEquals("layer2.0.downsample.1.weight", names.get(downsample + 1));
        assertEquals(List.of("fc.weight", "fc.bias"), names.subList(120, 122));
    }

    @Test
    void mapsShrinkAsInThePaper() {
        StateLayout layout = StateLayout.of(ResNet.resnet18());
        assertEquals(List.of(64L, 32L, 32L), layout.tap("layer1.1.relu_1").shape());
        assertEquals(List.of(128L, 16L, 16L), layout.tap("layer2.0.add").shape());
        assertEquals(List.of(512L, 4L, 4L), layout.tap("layer4.1.conv2").shape());
        assertEquals(List.of(512L, 1L, 1L), layout.tap("avgpool").shape());
    }

    @Test
    void everyTorchvisionNetworkHasItsParameters() {
        assertEquals(11_689_512, classifier("resnet18", Map.of("stem", "7x7", "classes", "1000")));
        assertEquals(21_797_672, classifier("resnet34", Map.of("stem", "7x7", "classes", "1000")));
        assertEquals(25_557_032, classifier("resnet50", Map.of("stem", "7x7", "classes", "1000")));
        assertEquals(44_549_160, classifier("resnet101", Map.of("stem", "7x7", "classes", "1000")));
        assertEquals(132_868_840, classifier("vgg11_bn", Map.of("pool", "7", "classes", "1000")));
        assertEquals(138_365_992, classifier("vgg16_bn", Map.of("pool", "7", "classes", "1000")));
    }

    @Test
    void theLastBlockAloneCanBeWider() {
        StateLayout usual = StateLayout.of(Networks.encoder("resnet50", 3, 32));
        StateLayout wide = StateLayout.of(Networks.encoder("resnet50", 3, 32, Map.of("last_width", "4096")));
        assertEquals(List.of(4096L, 1L, 1L), wide.tap("avgpool").shape());
        long shortcut = 2048 * 4096 + 2 * 4096;
        assertEquals(usual.parameterCount() + 512 * 2048 + 2 * 2048 + shortcut, wide.parameterCount());
    }

    @Test
    void blocksMayBeginAsTheIdentity() {
        Network network = Networks.encoder("resnet18", 3, 32, Map.of("zero_init_residual", "true"));
        List<String> zeros = StateLayout.of(network).state().stream()
                .filter(spec -> spec.role() == StateSpec.Role.PARAMETER)
                .filter(spec -> spec.name().endsWith(".weight") && spec.initializer().equals(new Initializer.Constant(0)))
                .map(StateSpec::name)
                .toList();
        assertEquals(8, zeros.size());
        assertTrue(zeros.stream().allMatch(name -> name.endsWith(".bn2.weight")), zeros::toString);
    }

    private static long classifier(String name, Map<String, String> options) {
        return StateLayout.of(Networks.encoder(name, 3, 224, options)).parameterCount();
    }
}
