package dev.engram.trainer.probe;

import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.augment.PlainInput;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.network.Activations;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.Tap;
import dev.engram.encoders.network.TapRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Features of whole images at several layers, all from the same forward pass in evaluation mode: the encoder's output, and
 * activations averaged over their positions or read at their class token. Cost: one forward pass an image.
 */
public final class LayerFeatures implements AutoCloseable {
    /** The name of the encoder's output among layers. */
    public static final String OUTPUT = "output";
    /** Stands for every layer. */
    public static final String ALL = "*";

    private static final int BATCH = 128;

    private final List<String> layers;
    private final TokenReading tokens;
    private final Evaluation forward;
    private final PlainInput input;

    /**
     * @param layers of {@link #resolve}
     * @param normalization as in training
     */
    public LayerFeatures(ProjectedEncoder model, Normalization normalization, List<String> layers) {
        this(model, normalization, layers, TokenReading.ALL);
    }

    /**
     * @param layers of {@link #resolve}
     * @param normalization as in training
     * @param tokens of layers that have some; must be {@link TokenReading#ALL} for a network without a class token
     */
    public LayerFeatures(ProjectedEncoder model, Normalization normalization, List<String> layers, TokenReading tokens) {
        this.layers = List.copyOf(layers);
        this.tokens = tokens;
        List<TapRequest> requests = layers.stream().filter(layer -> !layer.equals(OUTPUT)).map(this::request).toList();
        this.forward = Evaluation.of(new ProbedEncoder(model), requests);
        this.input = new PlainInput(normalization, Math.toIntExact(model.input().getLast()));
    }

    /**
     * The layers that were asked for, the output first if it is among them, then in the network's order.
     *
     * @param asked layer paths, {@link #OUTPUT}, {@link #ALL}
     * @throws IllegalArgumentException naming every layer that the network does not have, and those it has
     */
    public static List<String> resolve(ProjectedEncoder model, List<String> asked) {
        List<String> all = StateLayout.of(new ProbedEncoder(model)).taps().stream().map(Tap::path).toList();
        Set<String> unknown = new LinkedHashSet<>(asked);
        unknown.removeAll(all);
        unknown.removeAll(List.of(OUTPUT, ALL));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("there is no layer %s; there are %s, %s"
                    .formatted(String.join(", ", unknown), OUTPUT, String.join(", ", all)));
        }
        List<String> layers = new ArrayList<>();
        if (asked.contains(OUTPUT) || asked.contains(ALL)) {
            layers.add(OUTPUT);
        }
        all.stream().filter(layer -> asked.contains(ALL) || asked.contains(layer)).forEach(layers::add);
        return layers;
    }

    private TapRequest request(String layer) {
        return new TapRequest(layer, tokens);
    }

    /**
     * Features by layer.
     *
     * @param state weights of encoder and projector
     * @param indices positions in {@code images}; row i belongs to {@code indices[i]}
     * @param done hears how many images each batch had; may throw to end the work
     */
    public Map<String, FeatureMatrix> whole(StateDict state, ImageSet images, int[] indices, IntConsumer done) {
        Map<String, FeatureMatrix> features = new LinkedHashMap<>();
        for (int from = 0; from < indices.length; from += BATCH) {
            int[] batch = Arrays.copyOfRange(indices, from, Math.min(from + BATCH, indices.length));
            try (Scope scope = Scope.open()) {
                Activations found = forward.run(scope, state, input.whole(scope, images, batch));
                for (String layer : layers) {
                    Tensor values = layer.equals(OUTPUT) ? found.output() : found.tap(request(layer));
                    int first = from;
                    FeatureMatrix matrix = features.computeIfAbsent(
                            layer, name -> FeatureMatrix.zeros(indices.length, Math.toIntExact(values.size(1))));
                    values.withBytes(bytes -> matrix.put(first, bytes));
                }
            }
            done.accept(batch.length);
        }
        return features;
    }

    @Override
    public void close() {
        forward.close();
        input.close();
    }
}
