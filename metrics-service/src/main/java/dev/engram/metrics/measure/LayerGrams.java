package dev.engram.metrics.measure;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.network.Activations;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.Tap;
import dev.engram.encoders.network.TapRequest;
import dev.engram.metrics.MeasuredLayer;
import java.util.List;

/**
 * The inner products of a batch of images at every layer, from one forward pass. Every module output has a row except ReLU, as in
 * {@link LayerDistances}. Thread-safe.
 */
public final class LayerGrams implements AutoCloseable {
    private final List<Layer> layers;
    private final List<TapRequest> requests;
    private final Evaluation forward;

    /**
     * A row.
     *
     * @param values of an image there
     */
    public record Layer(MeasuredLayer layer, long values) {}

    /** @param pooled average a layer over positions instead of flattening it */
    public LayerGrams(Network network, boolean pooled) {
        var taps = MeasuredTaps.of(StateLayout.of(network).taps(), tap -> tap.kind() != Tap.Kind.RELU);
        this.layers = taps.stream()
                .map(tap -> new Layer(tap.layer(), pooled ? tap.tap().units() : tap.tap().elements()))
                .toList();
        GramReduction reduction = new GramReduction(pooled);
        this.requests = taps.stream().map(tap -> new TapRequest(tap.tap().path(), reduction)).toList();
        this.forward = Evaluation.of(network, requests);
    }

    /** In forward order. */
    public List<Layer> layers() {
        return layers;
    }

    /**
     * Inner products {@code [n, n]} at each layer, of vectors whose mean over the n images is zero.
     *
     * @param images normalized {@code [n, C, H, W]}
     */
    public List<float[]> of(StateDict encoder, Tensor images) {
        try (Scope scope = Scope.open()) {
            Activations activations = forward.run(scope, encoder, images);
            return requests.stream().map(request -> activations.tap(request).floats()).toList();
        }
    }

    @Override
    public void close() {
        forward.close();
    }
}
