package dev.engram.encoders.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateLayoutTest {
    private static final StateLayout RESNET9 = StateLayout.of(ResNet9.classifier(10));
    private static final StateLayout RESNET18 = StateLayout.of(ResNet.resnet18());

    @Test
    void initialValuesFollowPyTorchsDefaults() {
        try (StateDict state = RESNET9.initialState(3)) {
            double bound = 1 / Math.sqrt(256 * 9);
            Moments weights = new Moments(state.get("layer3_residual1.conv.weight").floats());
            assertEquals(0, weights.mean, 0.01 * bound);
            assertEquals(bound / Math.sqrt(3), weights.deviation, 0.01 * bound);
            assertTrue(weights.min >= -bound && weights.min < -0.99 * bound, weights.min + " of " + bound);
            assertTrue(weights.max < bound && weights.max > 0.99 * bound, weights.max + " of " + bound);
            Moments bias = new Moments(state.get("layer3_residual1.conv.bias").floats());
            assertTrue(bias.max < bound && bias.max > 0.9 * bound && bias.min > -bound, bias.max + " of " + bound);
            Moments head = new Moments(state.get("classifier.2.weight").floats());
            assertEquals(1.0 / 16 / Math.sqrt(3), head.deviation, 0.002);
            assertEquals(new Moments(new float[] {1, 1}), new Moments(state.get("prep.batch.weight").floats()));
            assertEquals(new Moments(new float[] {1, 1}), new Moments(state.get("prep.batch.running_var").floats()));
            assertEquals(new Moments(new float[] {0, 0}), new Moments(state.get("prep.batch.bias").floats()));
            assertEquals(0, state.get("prep.batch.num_batches_tracked").item());
        }
        try (StateDict state = RESNET18.initialState(3)) {
            Moments weights = new Moments(state.get("layer2.0.conv1.weight").floats());
            assertEquals(Math.sqrt(2.0 / (128 * 9)), weights.deviation, 0.0005);
            assertTrue(weights.max > 3.5 * weights.deviation, "normal, not uniform: " + weights);
        }
    }

    @Test
    void transformersBeginAsInTimmOrAsMaskedAutoencodersDo() {
        try (StateDict state = StateLayout.of(Networks.encoder("vit_tiny", 3, 32, Map.of("depth", "1"))).initialState(3)) {
            for (String name : List.of("blocks.0.attn.qkv.weight", "blocks.0.mlp.fc2.weight", "pos_embed")) {
                assertEquals(0.02, new Moments(state.get(name).floats()).deviation, 0.0005, name);
            }
            assertEquals(new Moments(new float[] {0, 0}), new Moments(state.get("blocks.0.attn.qkv.bias").floats()));
            assertEquals(new Moments(new float[] {1, 1}), new Moments(state.get("norm.weight").floats()));
            assertTrue(new Moments(state.get("cls_token").floats()).max < 1e-5);
            double bound = 1 / Math.sqrt(3 * 4 * 4);
            Moments patches = new Moments(state.get("patch_embed.proj.weight").floats());
            assertTrue(patches.max < bound && patches.max > 0.99 * bound, patches.max + " of " + bound);
        }
        Network masked = Networks.encoder("vit_tiny", 3, 32, Map.of("depth", "1", "initialization", "mae"));
        try (StateDict state = StateLayout.of(masked).initialState(3)) {
            double bound = Math.sqrt(6.0 / (192 + 768));
            Moments weights = new Moments(state.get("blocks.0.mlp.fc1.weight").floats());
            assertTrue(weights.max < bound && weights.max > 0.99 * bound, weights.max + " of " + bound);
            double ofPatches = Math.sqrt(6.0 / (48 + 192));
            Moments patches = new Moments(state.get("patch_embed.proj.weight").floats());
            assertTrue(patches.max < ofPatches && patches.max > 0.99 * ofPatches, patches.max + " of " + ofPatches);
            assertEquals(0.02, new Moments(state.get("cls_token").floats()).deviation, 0.003);
        }
    }

    @Test
    void otherNetworksBeginAsTheirAuthorsHaveIt() {
        StateLayout vgg = StateLayout.of(Networks.encoder("vgg11_bn", 3, 32, Map.of("classes", "5")));
        assertEquals(new Initializer.Normal(0.01), initializer(vgg, "classifier.0.weight"));
        assertEquals(new Initializer.Constant(0), initializer(vgg, "classifier.0.bias"));
        assertEquals(new Initializer.Normal(Math.sqrt(2.0 / (128 * 9))), initializer(vgg, "features.4.weight"));
        assertEquals(new Initializer.Constant(0), initializer(vgg, "features.4.bias"));
        try (StateDict state = StateLayout.of(Networks.encoder("resnet20", 3, 32)).initialState(3)) {
            Moments weights = new Moments(state.get("layer3.0.conv1.weight").floats());
            assertEquals(Math.sqrt(2.0 / (32 * 9)), weights.deviation, 0.002);
        }
    }

    @Test
    void initialValuesAreAFunctionOfSeedAndNameAlone() {
        StateLayout encoder = StateLayout.of(ResNet9.encoder());
        try (StateDict one = RESNET9.initialState(1);
                StateDict same = RESNET9.initialState(1);
                StateDict other = RESNET9.initialState(2);
                StateDict shorter = encoder.initialState(1)) {
            assertEquals(one.digest(), same.digest());
            assertNotEquals(one.digest(), other.digest());
            for (String name : shorter.names()) {
                assertArrayEquals(one.get(name).bytes(), shorter.get(name).bytes(), name);
            }
        }
    }

    @Test
    void aStateThatDoesNotFitIsRefusedWithEveryReason() {
        StateLayout layout = StateLayout.of(ResNet9.encoder());
        try (StateDict state = RESNET9.initialState(1);
                Scope scope = Scope.open()) {
            RESNET9.verify(state);
            state.put("prep.conv.bias", scope.floats(new float[31], 31));
            state.put("prep.batch.num_batches_tracked", scope.floats(new float[1]));
            assertEquals(
                    "The state does not fit the network: prep.conv.bias is FLOAT32 [31], not FLOAT32 [32];"
                            + " prep.batch.num_batches_tracked is FLOAT32 [], not INT64 [];"
                            + " unexpected classifier.2.weight; unexpected classifier.2.bias",
                    assertThrows(IllegalArgumentException.class, () -> layout.verify(state)).getMessage());
        }
        try (StateDict none = new StateDict()) {
            String message = assertThrows(IllegalArgumentException.class, () -> layout.verify(none)).getMessage();
            assertEquals(layout.state().size(), message.split("missing ", -1).length - 1);
        }
    }

    @Test
    void aNetworkThatDefinesANameTwiceIsRefused() {
        Network twice = new Network() {
            @Override
            public String name() {
                return "twice";
            }

            @Override
            public List<Long> input() {
                return List.of(3L, 8L, 8L);
            }

            @Override
            public Node forward(Graph graph, Node x) {
                return graph.flatten(graph.conv2d("a", graph.conv2d("a", x, Conv2d.of(3, 3)), Conv2d.of(3, 3)));
            }
        };
        assertThrows(IllegalStateException.class, () -> StateLayout.of(twice));
    }

    @Test
    void anImageThatIsTooSmallIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> StateLayout.of(ResNet9.encoder(3, 28)));
    }

    private static Initializer initializer(StateLayout layout, String name) {
        return layout.state().stream().filter(spec -> spec.name().equals(name)).findFirst().orElseThrow().initializer();
    }

    private record Moments(double mean, double deviation, double min, double max) {
        Moments(float[] values) {
            this(values, mean(values));
        }

        private Moments(float[] values, double mean) {
            this(mean, deviation(values, mean), extreme(values, -1), extreme(values, 1));
        }

        private static double mean(float[] values) {
            double sum = 0;
            for (float value : values) {
                sum += value;
            }
            return sum / values.length;
        }

        private static double deviation(float[] values, double mean) {
            double sum = 0;
            for (float value : values) {
                sum += (value - mean) * (value - mean);
            }
            return Math.sqrt(sum / values.length);
        }

        private static double extreme(float[] values, int sign) {
            double extreme = -Double.MAX_VALUE;
            for (float value : values) {
                extreme = Math.max(extreme, sign * value);
            }
            return sign * extreme;
        }
    }
}
