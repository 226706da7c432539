package dev.engram.encoders.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResNet9Test {
    @Test
    void hasTheParametersOfThePaper() {
        StateLayout layout = StateLayout.of(ResNet9.classifier(10));
        assertEquals(1_647_242, layout.parameterCount());
        assertEquals(List.of("prep.conv.weight", "prep.conv.bias", "prep.batch.weight", "prep.batch.bias"),
                layout.parameters().subList(0, 4));
        assertEquals(List.of("classifier.2.weight", "classifier.2.bias"), layout.parameters().subList(32, 34));
        assertEquals(List.of("prep.batch.running_mean", "prep.batch.running_var", "prep.batch.num_batches_tracked"),
                layout.buffers().subList(0, 3));
        assertEquals(58, layout.state().size());
    }

    @Test
    void hasTheUnitsOfThePaper() {
        List<Tap> taps = StateLayout.of(ResNet9.encoder()).taps();
        assertEquals(List.of(32, 64, 64, 64, 128, 256, 256, 256),
                taps.stream().filter(tap -> tap.kind() == Tap.Kind.CONV).map(Tap::units).toList());
        assertEquals(1120, taps.stream().filter(tap -> tap.kind() == Tap.Kind.CONV).mapToInt(Tap::units).sum());
    }

    @Test
    void namesEveryTapInTheOrderOfTheForwardPass() {
        List<String> taps = StateLayout.of(ResNet9.classifier(10)).taps().stream().map(Tap::path).toList();
        assertEquals(
                List.of(
                        "prep.conv", "prep.batch", "prep.relu", "prep.pool",
                        "layer1_head.conv", "layer1_head.batch", "layer1_head.relu", "layer1_head.pool",
                        "layer1_residual1.conv", "layer1_residual1.batch", "layer1_residual1.relu",
                        "layer1_residual2.conv", "layer1_residual2.batch", "layer1_residual2.relu",
                        "layer1_residual",
                        "layer2.conv", "layer2.batch", "layer2.relu", "layer2.pool",
                        "layer3_head.conv", "layer3_head.batch", "layer3_head.relu", "layer3_head.pool",
                        "layer3_residual1.conv", "layer3_residual1.batch", "layer3_residual1.relu",
                        "layer3_residual2.conv", "layer3_residual2.batch", "layer3_residual2.relu",
                        "layer3_residual",
                        "classifier.0", "classifier.2"),
                taps);
    }

    @Test
    void mapsShrinkAsInThePaper() {
        StateLayout layout = StateLayout.of(ResNet9.encoder());
        assertEquals(List.of(32L, 16L, 16L), layout.tap("prep.pool").shape());
        assertEquals(List.of(64L, 8L, 8L), layout.tap("layer1_residual").shape());
        assertEquals(List.of(128L, 4L, 4L), layout.tap("layer2.pool").shape());
        assertEquals(List.of(256L, 2L, 2L), layout.tap("layer3_residual").shape());
        assertEquals(List.of(256L, 1L, 1L), layout.tap("classifier.0").shape());
    }
}
