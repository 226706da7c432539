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
import dev.engram.metrics.measure.MeasuredTaps.MeasuredTap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * μ_u(x) of Eq. 5 for every unit of every layer from one forward pass: an image's mean activation over positions and views.
 * Thread-safe.
 */
public final class UnitMeans implements AutoCloseable {
    private final int views;
    private final boolean skipClassToken;
    private final List<UnitLayer> layers;
    private final List<TapRequest> requests;
    private final Evaluation forward;

    /** A layer with its number of units and how their activations are read. */
    public record UnitLayer(MeasuredLayer layer, int units, Sign sign) {}

    /**
     * @param views V of each image, at least 1
     * @param sign for every layer; {@link Sign#usual} of each if empty
     */
    public UnitMeans(Network network, int views, Optional<Sign> sign) {
        this(network, views, sign, false);
    }

    /**
     * @param views V of each image, at least 1
     * @param sign for every layer; {@link Sign#usual} of each if empty
     * @param skipClassToken reads tokens without the first, which must be a class token
     * @throws IllegalArgumentException if there is no class token to skip
     */
    public UnitMeans(Network network, int views, Optional<Sign> sign, boolean skipClassToken) {
        if (views < 1) {
            throw new IllegalArgumentException("views: must be at least 1, was " + views);
        }
        if (skipClassToken && !hasClassToken(network)) {
            throw new IllegalArgumentException(network.name() + " has no class token");
        }
        this.skipClassToken = skipClassToken;
        this.views = views;
        List<MeasuredTap> taps = MeasuredTaps.of(StateLayout.of(network).taps(), tap -> true);
        this.layers = taps.stream()
                .map(tap -> new UnitLayer(
                        tap.layer(), tap.tap().units(), sign.orElseGet(() -> Sign.usual(tap.tap().kind()))))
                .toList();
        this.requests = requests(taps);
        this.forward = Evaluation.of(network, requests);
    }

    /** Whether the first of the network's tokens is a class token. */
    public static boolean hasClassToken(Network network) {
        return StateLayout.of(network).hasClassToken();
    }

    /** A normalization read through a ReLU, right before that ReLU, is the ReLU's own output: it is read once. */
    private List<TapRequest> requests(List<MeasuredTap> taps) {
        List<TapRequest> made = new ArrayList<>();
        for (int i = 0; i < taps.size(); i++) {
            boolean isNextRelu = i + 1 < taps.size()
                    && taps.get(i).tap().kind() == Tap.Kind.BATCH_NORM
                    && taps.get(i + 1).tap().kind() == Tap.Kind.RELU
                    && layers.get(i).sign() == Sign.RELU;
            int read = isNextRelu ? i + 1 : i;
            made.add(new TapRequest(taps.get(read).tap().path(), new UnitMeansReduction(views, layers.get(read).sign(), skipClassToken)));
        }
        return List.copyOf(made);
    }

    /** The layers of the result, in forward order. */
    public List<UnitLayer> layers() {
        return layers;
    }

    /**
     * Mean activations of B images in one encoder: for each layer {@code [B · units]}, image by image.
     *
     * @param images normalized views {@code [V·B, 3, H, W]}, first one of every image, then the next
     */
    public List<float[]> of(StateDict encoder, Tensor images) {
        try (Scope scope = Scope.open()) {
            return read(forward.run(scope, encoder, images));
        }
    }

    /** The pass whose activations {@link #read} takes; it belongs to this. */
    public Evaluation forward() {
        return forward;
    }

    /** Mean activations, for each layer {@code [B · units]}, of a pass that has at least the taps of {@link #forward}. */
    public List<float[]> read(Activations activations) {
        return requests.stream().map(request -> activations.tap(request).floats()).toList();
    }

    @Override
    public void close() {
        forward.close();
    }
}
