package dev.engram.encoders.features;

import dev.engram.encoders.augment.CropRectangle;
import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.network.Activations;
import dev.engram.encoders.network.ClassifierHead;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.Graph;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Node;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.Tap;
import dev.engram.encoders.network.TapRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Features of images, whole or one rectangle of each, at several cuts through an encoder and its projector, all from one forward pass in
 * evaluation mode: {@link #BACKBONE} is the encoder's output, {@link #PROJECTOR} that of its projector, {@link #LOGITS} that of its
 * classifier, anything else a tap's path, whose activation is averaged over positions or tokens. F. Bordes et al., "Guillotine Regularization", TMLR 2023, <a
 * href="https://arxiv.org/abs/2206.13378">arXiv:2206.13378</a>: what a cut before the loss loses and keeps.
 *
 * <p>Batches are cut the same way each time, so the same images in the same order give the same bits. Cost: one forward pass an image.
 */
public final class CutFeatures implements AutoCloseable {
    /** The output of the encoder without its projector. */
    public static final String BACKBONE = "backbone";
    /** The output of the projector: what the loss saw. */
    public static final String PROJECTOR = "projector";

    /** What a classifier of supervised training makes of the projector's output. */
    public static final String LOGITS = "logits";

    private static final List<String> ENDS = List.of(BACKBONE, PROJECTOR, LOGITS);

    private final List<String> cuts;
    private final Ends ends;
    private final StateDict state;
    private final Evaluation forward;
    private final ImageBatches batches;

    /**
     * @param state holds at least the model's tensors; not owned, must outlive this
     * @param normalization as in training
     * @param cuts at least one, each as {@link #check} wants it
     */
    public CutFeatures(ProjectedEncoder model, StateDict state, Normalization normalization, List<String> cuts) {
        this(model, Optional.empty(), state, normalization, cuts);
    }

    /**
     * As above, with a classifier for {@link #LOGITS}.
     *
     * @param state holds the classifier's tensors below {@link ClassifierHead#PATH}, too
     */
    public CutFeatures(
            ProjectedEncoder model,
            Optional<ClassifierHead> classifier,
            StateDict state,
            Normalization normalization,
            List<String> cuts) {
        this.cuts = List.copyOf(cuts);
        this.ends = new Ends(model, classifier, this.cuts);
        this.state = state;
        List<TapRequest> taps = this.cuts.stream().filter(cut -> !isEnd(cut)).map(TapRequest::mean).toList();
        this.forward = taps.isEmpty() ? Evaluation.folded(ends) : Evaluation.of(ends, taps);
        this.batches = new ImageBatches(normalization, Math.toIntExact(model.input().getLast()));
    }

    /**
     * Whether a model can be cut there.
     *
     * @throws IllegalArgumentException naming every cut that it does not have, and those it has
     */
    public static void check(ProjectedEncoder model, boolean projected, boolean classifier, List<String> cuts) {
        List<String> all = new ArrayList<>(List.of(BACKBONE));
        if (classifier) {
            all.add(LOGITS);
        }
        if (projected) {
            all.add(PROJECTOR);
        }
        all.addAll(StateLayout.of(model).taps().stream().map(Tap::path).toList());
        Set<String> unknown = new LinkedHashSet<>(cuts);
        unknown.removeAll(all);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no %s to cut at; there are %s".formatted(String.join(", ", unknown), String.join(", ", all)));
        }
    }

    /**
     * Features of whole images, a matrix for each cut in their order.
     *
     * @param indices positions in {@code images}; row i belongs to {@code indices[i]}
     * @param embedded hears how many images each batch had; may throw to end the work
     */
    public List<FeatureMatrix> whole(ImageSet images, int[] indices, IntConsumer embedded) {
        FeatureMatrix[] features = new FeatureMatrix[cuts.size()];
        batches.whole(images, indices, embedded, reader(features, indices.length));
        return List.of(features);
    }

    /**
     * Features of a rectangle of each image, a matrix for each cut in their order.
     *
     * @param rectangles as many as {@code indices}
     * @param embedded as in {@link #whole}
     */
    public List<FeatureMatrix> crops(
            ImageSet images, int[] indices, List<CropRectangle> rectangles, IntConsumer embedded) {
        FeatureMatrix[] features = new FeatureMatrix[cuts.size()];
        batches.crops(images, indices, rectangles, embedded, reader(features, indices.length));
        return List.of(features);
    }

    @Override
    public void close() {
        forward.close();
        batches.close();
    }

    /** Puts the rows of a batch into every cut's matrix, which is made when its width is known. */
    private ImageBatches.Reader reader(FeatureMatrix[] features, int count) {
        return (scope, from, images) -> {
            Activations found = forward.run(scope, state, images);
            int batch = Math.toIntExact(images.size(0));
            for (int cut = 0; cut < features.length; cut++) {
                float[] rows = rows(found, cuts.get(cut));
                if (features[cut] == null) {
                    features[cut] = FeatureMatrix.zeros(count, rows.length / batch);
                }
                features[cut].put(from, rows);
            }
        };
    }

    private float[] rows(Activations found, String cut) {
        if (!isEnd(cut)) {
            return found.tap(TapRequest.mean(cut)).floats();
        }
        Tensor output = found.output();
        float[] all = output.floats();
        int width = Math.toIntExact(output.size(1));
        int first = ends.from.get(cut);
        int columns = ends.to.get(cut) - first;
        if (columns == width) {
            return all;
        }
        float[] part = new float[all.length / width * columns];
        for (int row = 0; row < all.length / width; row++) {
            System.arraycopy(all, row * width + first, part, row * columns, columns);
        }
        return part;
    }

    private static boolean isEnd(String cut) {
        return ENDS.contains(cut);
    }

    /** The model with the ends that are asked for, side by side, as output; the backbone if none is. */
    private static final class Ends implements Network {
        private final ProjectedEncoder model;
        private final Optional<ClassifierHead> classifier;
        private final List<String> cuts;
        private final Map<String, Integer> from = new HashMap<>();
        private final Map<String, Integer> to = new HashMap<>();

        Ends(ProjectedEncoder model, Optional<ClassifierHead> classifier, List<String> cuts) {
            this.model = model;
            this.classifier = classifier;
            this.cuts = cuts;
        }

        @Override
        public String name() {
            return model.name();
        }

        @Override
        public List<Long> input() {
            return model.input();
        }

        @Override
        public Node forward(Graph graph, Node x) {
            Map<String, Node> ends = new LinkedHashMap<>();
            Node backbone = model.encoder().forward(graph, x);
            ends.put(BACKBONE, backbone);
            if (cuts.contains(LOGITS) || cuts.stream().anyMatch(cut -> cut.startsWith(PROJECTOR))) {
                ends.put(PROJECTOR, model.projector().forward(graph.under(ProjectedEncoder.PROJECTOR), backbone));
            }
            if (cuts.contains(LOGITS)) {
                ends.put(LOGITS, classifier.orElseThrow().forward(graph.under(ClassifierHead.PATH), ends.get(PROJECTOR)));
            }
            ends.keySet().retainAll(cuts);
            return ends.isEmpty() ? backbone : together(graph, ends);
        }

        private Node together(Graph graph, Map<String, Node> ends) {
            int width = 0;
            for (Map.Entry<String, Node> end : ends.entrySet()) {
                from.put(end.getKey(), width);
                width += Math.toIntExact(end.getValue().elements());
                to.put(end.getKey(), width);
            }
            if (ends.size() == 1) {
                return ends.values().iterator().next();
            }
            String names = String.join(", ", ends.values().stream().map(Node::variable).toList());
            return graph.value(List.of((long) width), "torch.cat([%s], 1)", names);
        }
    }
}
