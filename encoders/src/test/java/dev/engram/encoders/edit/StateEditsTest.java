package dev.engram.encoders.edit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.network.Activations;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.Formula;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.Tap;
import dev.engram.encoders.network.TapRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateEditsTest {
    @ParameterizedTest
    @CsvSource({"resnet9, ''", "resnet18, ''", "resnet18, norm=group", "vgg11_bn, ''", "vit_tiny, depth=2", "mlp, width=16"})
    void aPrunedUnitIsExactlyZeroAndNoOtherIs(String name, String option) {
        Network network = network(name, option);
        List<EditableLayer> layers = EditableLayers.of(network).usual();
        ChosenUnits chosen = ChosenUnits.atRandom(layers, 3, 0.4, UnitPool.PER_LAYER);
        List<TapRequest> taps = layers.stream().map(layer -> TapRequest.raw(layer.silenced())).toList();
        try (StateDict state = Formula.state(StateLayout.of(network), ElementType.FLOAT32);
                Scope scope = Scope.open();
                Evaluation forward = Evaluation.of(network, taps)) {
            Pruning.apply(state, chosen);
            Activations found = forward.run(scope, state, Formula.images(scope, 2, ElementType.FLOAT32));
            for (EditableLayer layer : layers) {
                Set<Integer> pruned = chosen.byLayer().get(layer);
                assertFalse(pruned.isEmpty());
                Tap tap = StateLayout.of(network).tap(layer.silenced());
                float[] values = found.tap(TapRequest.raw(layer.silenced())).floats();
                for (int unit = 0; unit < layer.units(); unit++) {
                    assertEquals(pruned.contains(unit), isZero(values, tap, unit), layer.path() + " unit " + unit);
                }
            }
        }
    }

    private static boolean isZero(float[] values, Tap tap, int unit) {
        int positions = Math.toIntExact(tap.elements() / tap.units());
        for (int i = 0; i < values.length; i++) {
            int of = tap.isTokens() ? i % tap.units() : i / positions % tap.units();
            if (of == unit && values[i] != 0) {
                return false;
            }
        }
        return true;
    }

    @Test
    void pruningTheFirstLayerIsAMaskBehindItsNormalization() {
        for (String option : List.of("norm=batch", "norm=group")) {
            Network network = network("resnet18", option);
            EditableLayer first = EditableLayers.of(network).usual().getFirst();
            ChosenUnits chosen = ChosenUnits.atRandom(List.of(first), 1, 0.5, UnitPool.TOTAL);
            try (StateDict state = Formula.state(StateLayout.of(network), ElementType.FLOAT32);
                    Scope scope = Scope.open();
                    Evaluation forward = Evaluation.of(network, List.of(TapRequest.raw("bn1")))) {
                float[] masked = forward.run(scope, state, Formula.images(scope, 2, ElementType.FLOAT32)).tap(TapRequest.raw("bn1")).floats();
                int positions = 32 * 32;
                for (int i = 0; i < masked.length; i++) {
                    masked[i] = chosen.byLayer().get(first).contains(i / positions % first.units()) ? 0 : masked[i];
                }
                Pruning.apply(state, chosen);
                assertArrayEquals(
                        masked,
                        forward.run(scope, state, Formula.images(scope, 2, ElementType.FLOAT32)).tap(TapRequest.raw("bn1")).floats(),
                        1e-6f, option);
            }
        }
    }

    @Test
    void aShareOfNothingChangesNoBit() {
        Network network = network("resnet9", "");
        try (StateDict state = Formula.state(StateLayout.of(network), ElementType.FLOAT32)) {
            String before = state.digest();
            Pruning.apply(state, ChosenUnits.atRandom(EditableLayers.of(network).usual(), 1, 0, UnitPool.TOTAL));
            assertEquals(before, state.digest());
        }
    }

    @Test
    void exchangedLayersAreTheOthersAndAllElseStays() {
        Network network = network("resnet9", "");
        List<ExchangePart> parts = EditableLayers.of(network).parts(List.of("layer2", "prep.conv"));
        for (LayerScope scope : LayerScope.values()) {
            try (StateDict original = StateLayout.of(network).initialState(1);
                    StateDict other = Formula.state(StateLayout.of(network), ElementType.FLOAT32);
                    StateDict state = original.copy()) {
                LayerExchange.apply(state, other, parts, scope);
                Set<String> taken = new LinkedHashSet<>();
                parts.forEach(part -> taken.addAll(part.tensors(scope)));
                for (String name : state.names()) {
                    StateDict from = taken.contains(name) ? other : original;
                    assertArrayEquals(from.get(name).bytes(), state.get(name).bytes(), scope + " " + name);
                }
                assertNotEquals(original.digest(), state.digest());
            }
        }
    }

    @Test
    void ofARestoredLayerOneRowIsTheTunedOne() {
        Network network = network("resnet9", "");
        EditableLayer layer = EditableLayers.of(network).named(List.of("layer2.conv")).getFirst();
        try (StateDict original = StateLayout.of(network).initialState(1);
                StateDict tuned = Formula.state(StateLayout.of(network), ElementType.FLOAT32);
                StateDict state = original.copy()) {
            UnitRestore.apply(state, tuned, layer, 77, LayerScope.LAYER);
            float[] expected = original.get("layer2.conv.weight").floats();
            float[] weight = tuned.get("layer2.conv.weight").floats();
            int row = 64 * 9;
            System.arraycopy(weight, 77 * row, expected, 77 * row, row);
            assertArrayEquals(expected, state.get("layer2.conv.weight").floats());
            float[] bias = original.get("layer2.conv.bias").floats();
            bias[77] = tuned.get("layer2.conv.bias").floats()[77];
            assertArrayEquals(bias, state.get("layer2.conv.bias").floats());
            List<String> others = state.names().stream().filter(name -> !name.startsWith("layer2.conv")).toList();
            others.forEach(name -> assertArrayEquals(original.get(name).bytes(), state.get(name).bytes(), name));

            UnitRestore.apply(state, tuned, layer, 77, LayerScope.LAYER_AND_NORM);
            assertEquals(tuned.get("layer2.batch.running_var").floats()[77], state.get("layer2.batch.running_var").floats()[77]);
            assertThrows(IllegalArgumentException.class, () -> UnitRestore.apply(state, tuned, layer, 128, LayerScope.LAYER));
        }
    }

    @Test
    void onlyEqualNetworksExchangeLayers() {
        LayerExchange.requireSame(network("resnet9", ""), network("resnet9", ""));
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> LayerExchange.requireSame(network("resnet18", ""), network("resnet18", "norm=group")))
                .getMessage();
        assertTrue(message.contains("norm=group"), message);
    }

    private static Network network(String name, String option) {
        String[] sides = option.split("=");
        Map<String, String> options = option.isEmpty() ? Map.of() : Map.of(sides[0], sides[1]);
        return Networks.encoder(name, 3, 32, options);
    }
}
