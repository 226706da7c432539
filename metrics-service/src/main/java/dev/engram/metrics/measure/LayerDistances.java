package dev.engram.metrics.measure;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.network.Activations;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.Tap;
import dev.engram.encoders.network.TapReduction;
import dev.engram.encoders.network.TapRequest;
import dev.engram.metrics.MeasuredLayer;
import dev.engram.metrics.layermem.AnchoredGram;
import dev.engram.metrics.layermem.ViewDistance;
import java.util.List;

/**
 * SSL_h(x) of Eq. 1 at every layer from one forward pass: the mean distance between an image's views, or of the image itself to each of
 * them. Every module output has
 * a row except ReLU, which has none in the paper's tables.
 *
 * <p>One instance serves both encoders of a pair. Thread-safe.
 */
public final class LayerDistances implements AutoCloseable {
    private final List<MeasuredLayer> layers;
    private final List<TapRequest> requests;
    private final Evaluation forward;
    private final Options options;

    /**
     * @param views V of each image, at least 2
     * @param pooled average a layer over positions before the distance, instead of flattening
     * @param raw keep the vectors' lengths instead of scaling each to unit L2 norm
     * @param toFirst distances of the first view, which stands for the image itself, to each other one; otherwise of every two
     */
    public record Options(int views, ViewDistance distance, boolean pooled, boolean raw, boolean toFirst) {
        /** Distances of every two views. */
        public Options(int views, ViewDistance distance, boolean pooled, boolean raw) {
            this(views, distance, pooled, raw, false);
        }

        public Options {
            if (views < 2) {
                throw new IllegalArgumentException("views: must be at least 2, was " + views);
            }
        }
    }

    public LayerDistances(Network network, Options options) {
        this.options = options;
        TapReduction reduction = options.distance() == ViewDistance.L1
                ? new AbsoluteDistanceReduction(options.views(), options.pooled(), options.raw())
                : new AnchoredGramReduction(options.views(), options.pooled());
        var taps = MeasuredTaps.of(StateLayout.of(network).taps(), tap -> tap.kind() != Tap.Kind.RELU);
        this.layers = taps.stream().map(MeasuredTaps.MeasuredTap::layer).toList();
        this.requests = taps.stream().map(tap -> new TapRequest(tap.tap().path(), reduction)).toList();
        this.forward = Evaluation.of(network, requests);
    }

    /** The rows of the result, in forward order. */
    public List<MeasuredLayer> layers() {
        return layers;
    }

    /**
     * Mean distances of B images in one encoder, {@code [L][B]}.
     *
     * @param views normalized views {@code [V·B, 3, H, W]}, first one of every image, then the next
     */
    public double[][] of(StateDict encoder, Tensor views) {
        try (Scope scope = Scope.open()) {
            return read(forward.run(scope, encoder, views), Math.toIntExact(views.size(0) / options.views()));
        }
    }

    /** The pass whose activations {@link #read} takes; it belongs to this. */
    public Evaluation forward() {
        return forward;
    }

    /** Mean distances of B images, {@code [L][B]}, of a pass that has at least the taps of {@link #forward}. */
    public double[][] read(Activations activations, int images) {
        int square = options.views() * options.views();
        double[][] means = new double[layers.size()][images];
        for (int layer = 0; layer < means.length; layer++) {
            float[] matrices = activations.tap(requests.get(layer)).floats();
            for (int image = 0; image < images; image++) {
                means[layer][image] = mean(matrices, image * square);
            }
        }
        return means;
    }

    private double mean(float[] matrices, int offset) {
        if (options.distance() != ViewDistance.L1) {
            AnchoredGram gram = new AnchoredGram(matrices, offset, options.views());
            return options.toFirst()
                    ? gram.meanToFirst(options.distance(), options.raw())
                    : gram.meanDistance(options.distance(), options.raw());
        }
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < (options.toFirst() ? 1 : options.views()); i++) {
            for (int j = i + 1; j < options.views(); j++) {
                sum += matrices[offset + i * options.views() + j];
                pairs++;
            }
        }
        return sum / pairs;
    }

    @Override
    public void close() {
        forward.close();
    }
}
