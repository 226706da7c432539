package dev.engram.encoders.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResNet18Test {
    @Test
    void hasTheStateOfTorchvision() {
        StateLayout layout = StateLayout.of(ResNet18.classifier(10));
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
        StateLayout layout = StateLayout.of(ResNet18.encoder());
        assertEquals(List.of(64L, 32L, 32L), layout.tap("layer1.1.relu_1").shape());
        assertEquals(List.of(128L, 16L, 16L), layout.tap("layer2.0.add").shape());
        assertEquals(List.of(512L, 4L, 4L), layout.tap("layer4.1.conv2").shape());
        assertEquals(List.of(512L, 1L, 1L), layout.tap("avgpool").shape());
    }
}
