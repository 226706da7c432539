package dev.engram.encoders.importing;

import dev.engram.encoders.checkpoint.StoredTensor;
import dev.engram.encoders.network.StateSpec;

/** A tensor of a file and the place of a network that has its name. */
public record KeyMatch(StoredTensor tensor, StateSpec place) {
    /** Share of the dimensions that have the same size, in [0, 1]. */
    double agreement() {
        long[] shape = tensor.shape();
        if (shape.length != place.shape().size() || shape.length == 0) {
            return shape.length == place.shape().size() ? 1 : 0;
        }
        int equal = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            equal += shape[axis] == place.shape().get(axis) ? 1 : 0;
        }
        return (double) equal / shape.length;
    }

    boolean fits() {
        return tensor.hasShape(place.shape().stream().mapToLong(Long::longValue).toArray());
    }
}
