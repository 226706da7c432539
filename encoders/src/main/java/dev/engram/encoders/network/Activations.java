package dev.engram.encoders.network;

import dev.engram.encoders.engine.Tensor;
import java.util.Map;

/**
 * What one forward pass gave.
 *
 * @param output of the network, {@code [N, D]}
 * @param taps the requested activations, in the order of the network
 */
public record Activations(Tensor output, Map<TapRequest, Tensor> taps) {
    /**
     * The activation of a request.
     *
     * @throws IllegalArgumentException if it was not among the requests
     */
    public Tensor tap(TapRequest request) {
        Tensor tensor = taps.get(request);
        if (tensor == null) {
            throw new IllegalArgumentException(request + " was not asked for");
        }
        return tensor;
    }
}
