package dev.engram.encoders.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EditableLayersTest {
    @Test
    void normsAndActivationsFollowFromTheGraph() {
        Map<String, String> resnet9 = silenced("resnet9");
        assertEquals(8, resnet9.size());
        assertEquals("layer1_residual2.batch", resnet9.get("layer1_residual2.conv"));
        Map<String, String> resnet18 = silenced("resnet18");
        assertEquals(20, resnet18.size());
        assertEquals("bn1", resnet18.get("conv1"));
        assertEquals("layer2.0.downsample.1", resnet18.get("layer2.0.downsample.0"));
        assertEquals("layer4.1.bn2", resnet18.get("layer4.1.conv2"));
        assertEquals("features.1", silenced("vgg16_bn").get("features.0"));
    }

    @Test
    void aUnitLeavesItsLayerBehindTheActivationThatReadsIt() {
        List<EditableLayer> layers = layers("resnet18").usual();
        assertEquals("relu", layer(layers, "conv1").output());
        assertEquals("layer1.0.bn2", layer(layers, "layer1.0.conv2").output(), "its ReLU comes after the addition");
        assertEquals("blocks.0.mlp.act", layer(layers("vit_tiny").usual(), "blocks.0.mlp.fc1").output());
    }

    @Test
    void scopesNameTheTensors() {
        EditableLayer layer = layer(layers("resnet9").usual(), "prep.conv");
        assertEquals(List.of("prep.conv.weight"), layer.tensors(LayerScope.WEIGHT));
        assertEquals(List.of("prep.conv.weight", "prep.conv.bias"), layer.tensors(LayerScope.LAYER));
        assertEquals(
                List.of("prep.conv.weight", "prep.conv.bias", "prep.batch.weight", "prep.batch.bias", "prep.batch.running_mean",
                        "prep.batch.running_var", "prep.batch.num_batches_tracked"),
                layer.tensors(LayerScope.LAYER_AND_NORM));
        assertEquals(Optional.empty(), layer(layers("vit_tiny").all(), "blocks.0.attn.qkv").norm());
        assertTrue(layer(EditableLayers.of(Networks.encoder("resnet18", 3, 32, Map.of("norm", "group"))).all(), "conv1").norm().orElseThrow().acrossUnits());
    }

    @Test
    void allLayersAreConvolutionsOrTheLayersAroundAGelu() {
        assertEquals(1120, layers("resnet9").usual().stream().mapToInt(EditableLayer::units).sum(), "Table 8 of the paper");
        List<EditableLayer> transformer = EditableLayers.of(Networks.encoder("vit_tiny", 3, 32, Map.of("depth", "2"))).usual();
        assertEquals(
                List.of("blocks.0.mlp.fc1", "blocks.0.mlp.fc2", "blocks.1.mlp.fc1", "blocks.1.mlp.fc2"),
                transformer.stream().map(EditableLayer::path).toList());
        assertEquals(List.of("fc1", "fc2"), layers("mlp").usual().stream().map(EditableLayer::path).toList());
    }

    @Test
    void unknownLayersAreAllNamed() {
        String message = assertThrows(IllegalArgumentException.class, () -> layers("resnet9").named(List.of("prep.conv", "prep.relu", "x")))
                .getMessage();
        assertTrue(message.startsWith("there is no convolution or fully connected layer prep.relu, x; there are prep.conv"), message);
        assertThrows(IllegalArgumentException.class, () -> layers("resnet9").named(List.of("prep.conv", "prep.conv")));
        assertEquals(
                List.of("prep.conv", "layer2.conv"),
                layers("resnet9").named(List.of("layer2.conv", "prep.conv")).stream().map(EditableLayer::path).toList());
    }

    @Test
    void aPartIsALayerOrAModuleWithAllBelowIt() {
        List<ExchangePart> parts = layers("resnet18").parts(List.of("layer3.0", "conv1"));
        assertEquals(List.of("conv1", "layer3.0"), parts.stream().map(ExchangePart::path).toList());
        assertEquals(List.of(false, true), parts.stream().map(ExchangePart::isModule).toList());
        ExchangePart block = parts.getLast();
        assertEquals(
                List.of("layer3.0.conv1", "layer3.0.conv2", "layer3.0.downsample.0"),
                block.layers().stream().map(EditableLayer::path).sorted().toList());
        assertEquals(3 + 3 * 5, block.tensors(LayerScope.LAYER_AND_NORM).size());
        assertEquals(3, block.tensors(LayerScope.WEIGHT).size());
        assertEquals(List.of(), block.besideLayers(LayerScope.LAYER_AND_NORM));
        ExchangePart transformer = layers("vit_tiny").parts(List.of("blocks.1")).getFirst();
        assertEquals(
                List.of("blocks.1.norm1.weight", "blocks.1.norm1.bias", "blocks.1.norm2.weight", "blocks.1.norm2.bias"),
                transformer.besideLayers(LayerScope.LAYER_AND_NORM), "blocks.10 and 11 are not within it");
        assertEquals(8, layers("resnet9").parts(List.of()).size());
    }

    @Test
    void partsThatAreNoneOrOverlapAreAllNamed() {
        String message = assertThrows(IllegalArgumentException.class,
                        () -> layers("resnet18").parts(List.of("layer3.0", "layer9", "layer3", "relu", "conv1", "conv1")))
                .getMessage();
        assertTrue(message.startsWith("there is no layer or module layer9 with weights, there is no layer or module relu with weights, names conv1 twice, "
                + "layer3.0 lies within layer3; there are conv1, layer1.0.conv1"), message);
    }

    private static EditableLayers layers(String network) {
        Network encoder = Networks.encoder(network, 3, 32);
        return EditableLayers.of(encoder);
    }

    private static Map<String, String> silenced(String network) {
        return layers(network).usual().stream().collect(Collectors.toMap(EditableLayer::path, EditableLayer::silenced));
    }

    static EditableLayer layer(List<EditableLayer> layers, String path) {
        return layers.stream().filter(layer -> layer.path().equals(path)).findFirst().orElseThrow();
    }
}
