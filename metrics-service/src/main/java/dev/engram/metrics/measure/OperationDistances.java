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
import dev.engram.metrics.layermem.AnchoredGram;
import dev.engram.metrics.layermem.ViewDistance;
import java.util.List;

/**
 * How far an operation moves images at every layer, from one forward pass: the mean cosine distance of an image's draws to the image itself. Rows as in
 * {@link LayerDistances}. Thread-safe.
 */
public final class OperationDistances implements AutoCloseable {
    private final int draws;
    private final List<MeasuredLayer> layers;
    private final List<TapRequest> requests;
    private final Evaluation forward;
    private final BesideImages together = new BesideImages();

    /**
     * @param draws of each image, at least 1
     * @param pooled average a layer over positions before the distance, instead of flattening
     */
    public OperationDistances(Network network, int draws, boolean pooled) {
        if (draws < 1) {
            throw new IllegalArgumentException("draws: must be at least 1, was " + draws);
        }
        this.draws = draws;
        AnchoredGramReduction reduction = new AnchoredGramReduction(draws + 1, pooled);
        var taps = MeasuredTaps.of(StateLayout.of(network).taps(), tap -> tap.kind() != Tap.Kind.RELU);
        this.layers = taps.stream().map(MeasuredTaps.MeasuredTap::layer).toList();
        this.requests = taps.stream().map(tap -> new TapRequest(tap.tap().path(), reduction)).toList();
        this.forward = Evaluation.of(network, requests);
    }

    /** The rows of the result, in forward order. */
    public List<MeasuredLayer> layers() {
        return layers;
    }

    /** Images with their draws, as {@link #of} takes them. */
    public Tensor together(Scope scope, Tensor plain, Tensor changed) {
        return together.of(scope, plain, changed);
    }

    /**
     * Mean distances of B images in one encoder, {@code [L][B]}, in [0, 2].
     *
     * @param views normalized {@code [(1 + draws)·B, 3, H, W]}: the images as they are, then one draw of every image, then the next
     */
    public double[][] of(StateDict encoder, Tensor views) {
        int each = draws + 1;
        int images = Math.toIntExact(views.size(0) / each);
        double[][] means = new double[layers.size()][images];
        try (Scope scope = Scope.open()) {
            Activations activations = forward.run(scope, encoder, views);
            for (int layer = 0; layer < means.length; layer++) {
                float[] matrices = activations.tap(requests.get(layer)).floats();
                for (int image = 0; image < images; image++) {
                    means[layer][image] = new AnchoredGram(matrices, image * each * each, each).meanToFirst(ViewDistance.COSINE, false);
                }
            }
        }
        return means;
    }

    @Override
    public void close() {
        forward.close();
        together.close();
    }
}
