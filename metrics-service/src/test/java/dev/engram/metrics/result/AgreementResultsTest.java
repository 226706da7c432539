package dev.engram.metrics.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.metrics.MeasuredLayer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AgreementResultsTest {
    /** The paper's rows, and the output, which in most networks is a pooling or a normalization. */
    @Test
    void usuallyEveryComputationAndTheOutputAreCompared() {
        List<MeasuredLayer> rows = Stream.of("conv1 conv", "bn1 norm", "maxpool pool", "layer1.0.conv1 conv", "layer1.0.add add", "qkv linear", "avgpool pool")
                .map(row -> new MeasuredLayer(row.split(" ")[0], row.split(" ")[1], 1))
                .toList();
        assertEquals(
                List.of("conv1", "layer1.0.conv1", "layer1.0.add", "qkv", "avgpool"),
                AgreementResults.usual(rows).stream().map(MeasuredLayer::layer).toList());
    }
}
