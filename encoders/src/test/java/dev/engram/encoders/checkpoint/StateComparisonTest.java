package dev.engram.encoders.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.encoders.checkpoint.StateComparison.Kind;
import dev.engram.encoders.checkpoint.StateComparison.TensorComparison;
import dev.engram.encoders.engine.Scope;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateComparisonTest {
    @Test
    void tensorsAreComparedByNameAndValue() throws Exception {
        try (Scope scope = Scope.open(); StateDict a = new StateDict(); StateDict b = new StateDict()) {
            a.put("same", scope.floats(new float[] {1, 2}, 2)).put("turned", scope.floats(new float[] {3, 4}, 2));
            a.put("wide", scope.floats(new float[] {1, 1, 1}, 3)).put("old", scope.longs(new long[] {1}));
            a.put("from zero", scope.floats(new float[] {0}, 1));
            b.put("new", scope.floats(new float[] {1}, 1)).put("from zero", scope.floats(new float[] {1}, 1));
            b.put("same", scope.floats(new float[] {1, 2}, 2)).put("turned", scope.floats(new float[] {4, -3}, 2));
            b.put("wide", scope.floats(new float[] {1, 1, 1}, 3, 1));

            StateComparison comparison = compare(a, b);

            assertEquals(List.of("same", "turned", "wide", "old", "from zero", "new"),
                    comparison.tensors().stream().map(TensorComparison::name).toList());
            assertEquals(
                    List.of(Kind.EQUAL, Kind.DIFFERENT, Kind.RESHAPED, Kind.ONLY_FIRST, Kind.DIFFERENT, Kind.ONLY_SECOND),
                    comparison.tensors().stream().map(TensorComparison::kind).toList());
            TensorComparison turned = comparison.tensors().get(1);
            assertEquals(Math.sqrt(2), turned.relativeDifference(), 1e-12);
            assertEquals(0, turned.cosine(), 1e-12);
            assertEquals(7, turned.largest());
            assertEquals(25, turned.firstSquares());
            assertEquals(0, comparison.tensors().getFirst().relativeDifference());
            assertEquals(1, comparison.tensors().getFirst().cosine(), 1e-12);
            assertEquals(Double.POSITIVE_INFINITY, comparison.tensors().get(4).relativeDifference());
            // a = (1, 2, 3, 4, 0), b = (1, 2, 4, -3, 1)
            assertEquals(Math.sqrt(51.0 / 30), comparison.relativeDifference(), 1e-12);
            assertEquals(5 / Math.sqrt(30.0 * 31), comparison.cosine(), 1e-12);
        }
    }

    @Test
    void countersOfStepsHideNothing() throws Exception {
        try (Scope scope = Scope.open(); StateDict a = new StateDict(); StateDict b = new StateDict()) {
            a.put("weight", scope.floats(new float[] {1, 0}, 2)).put("num_batches_tracked", scope.longs(new long[] {4000}));
            b.put("weight", scope.floats(new float[] {0, 1}, 2)).put("num_batches_tracked", scope.longs(new long[] {4001}));

            StateComparison comparison = compare(a, b);

            assertEquals(Math.sqrt(2), comparison.relativeDifference(), 1e-12);
            assertEquals(0, comparison.cosine(), 1e-12);
            assertEquals(1, comparison.tensors().get(1).largest(), "it is compared by itself all the same");
        }
    }

    private static StateComparison compare(StateDict a, StateDict b) throws Exception {
        try (WeightsFile first = file(a); WeightsFile second = file(b)) {
            return StateComparison.of(first.states(), second.states());
        }
    }

    private static WeightsFile file(StateDict state) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafetensorsWriter.write(out, state, Map.of());
        return WeightsFile.of("state", out.toByteArray());
    }
}
