package dev.engram.attack.run;

import dev.engram.attack.crop.CropSelection;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.features.CutFeatures;
import dev.engram.encoders.network.ClassifierHead;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.inputs.Inputs;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Features by an encoder of a pair, at every cut of the attack. */
final class EncoderFeatures implements FeatureSource {
    private final StateDict state;
    private final CutFeatures features;

    private EncoderFeatures(StateDict state, CutFeatures features) {
        this.state = state;
        this.features = features;
    }

    /**
     * @param resource {@code encoders/x}
     * @param cuts {@code projector}, {@code backbone}, {@code logits}, paths of taps
     * @throws RunFailure DATA_LOSS if its checkpoint is not whole, INVALID_SPEC if it cannot be cut there
     */
    static FeatureSource open(RunContext run, String resource, List<String> cuts) throws IOException {
        return Inputs.read(run, resource, folder -> {
            StateDict state = new StateDict();
            try {
                return cut(folder, cuts, state);
            } catch (IllegalArgumentException e) {
                state.close();
                throw RunFailure.invalidSpec("spec.cuts: %s: %s".formatted(resource, e.getMessage()));
            } catch (RuntimeException | IOException e) {
                state.close();
                throw e;
            }
        });
    }

    private static EncoderFeatures cut(Path folder, List<String> cuts, StateDict state) throws IOException {
        try (TrainedEncoder encoder = TrainedEncoder.read(folder)) {
            boolean projected = encoder.identity().isProjected();
            Optional<ClassifierHead> classifier =
                    cuts.contains(CutFeatures.LOGITS) ? classifier(folder, projected, state) : Optional.empty();
            CutFeatures.check(encoder.model(), projected, classifier.isPresent(), cuts);
            encoder.state().tensors().forEach(state::putCopy);
            return new EncoderFeatures(
                    state,
                    new CutFeatures(encoder.model(), classifier, state, encoder.identity().normalization(), cuts));
        }
    }

    /** The classifier beside the encoder, its tensors put to the state; empty if training left none. */
    private static Optional<ClassifierHead> classifier(Path folder, boolean projected, StateDict state) throws IOException {
        Optional<StateDict> found = TrainedEncoder.readClassifier(folder);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (StateDict tensors = found.get()) {
            tensors.tensors().forEach((name, tensor) -> state.putCopy(ClassifierHead.PATH + "." + name, tensor));
            long classes = tensors.get(ClassifierHead.lastWeight(projected)).size(0);
            return Optional.of(new ClassifierHead(projected, Math.toIntExact(classes)));
        }
    }

    @Override
    public List<FeatureMatrix> whole(ImageSet images, int[] indices, IntConsumer embedded) {
        return features.whole(images, indices, embedded);
    }

    @Override
    public List<FeatureMatrix> crops(ImageSet images, CropSelection crops, IntConsumer embedded) {
        return features.crops(images, crops.indices(), crops.rectangles(), embedded);
    }

    @Override
    public void close() {
        features.close();
        state.close();
    }
}
