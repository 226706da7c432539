package dev.engram.trainer.training;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.train.TrainingState;
import java.nio.FloatBuffer;
import java.util.Optional;

/** Looks for NaN and infinities, so that no state that holds one is ever saved. Cost: one pass over the weights, a few ms. */
final class FiniteState {
    private FiniteState() {}

    /** Name of the first tensor that holds something that is no finite number; empty if all is well. */
    static Optional<String> firstBroken(TrainingState state) {
        return firstBroken(state.model()).or(() -> firstBroken(state.optimizer()));
    }

    private static Optional<String> firstBroken(StateDict values) {
        return values.names().stream().filter(name -> !isFinite(values.get(name))).findFirst();
    }

    private static boolean isFinite(Tensor tensor) {
        if (tensor.type() != ElementType.FLOAT32) {
            return true;
        }
        boolean[] finite = {true};
        tensor.withBytes(bytes -> {
            FloatBuffer floats = bytes.asFloatBuffer();
            while (floats.hasRemaining() && finite[0]) {
                finite[0] = Float.isFinite(floats.get());
            }
        });
        return finite[0];
    }
}
