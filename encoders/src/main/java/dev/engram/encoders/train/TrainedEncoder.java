package dev.engram.encoders.train;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.checkpoint.CheckpointFolder;
import dev.engram.encoders.checkpoint.CheckpointManifest;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.file.CorruptFileException;
import dev.engram.encoders.network.ClassifierHead;
import dev.engram.encoders.network.Head;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.StateLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An encoder as it is kept and measured: network, projector where there is one, and the weights of both, nothing of the optimizer. On disk a
 * {@link CheckpointFolder} with the parts {@code encoder} and {@code projector} (PyTorch's names, each loads strictly into its module) and,
 * where training kept a moving average, {@code average_encoder} and {@code average_projector}. An imported encoder is the same, without
 * what only a training knows.
 *
 * @param identity what it is
 * @param state weights and buffers by the names of {@code StateLayout.of(model)}; those of the encoder alone are a part of them
 * @param manifest what else is known
 */
public record TrainedEncoder(EncoderIdentity identity, StateDict state, CheckpointManifest manifest) implements AutoCloseable {
    /** Manifest detail: the augmentation recipe it was trained with, as {@link AugmentationRecipe#toText} writes it. */
    public static final String AUGMENTATION = "augmentation";
    /** Part of a checkpoint: the encoder's state. */
    public static final String ENCODER = "encoder";
    /** Part of a checkpoint: the projector's state. */
    public static final String PROJECTOR = "projector";
    /** Part of a checkpoint: the classifier that supervised training leaves, {@link ClassifierHead}. Not a part of the model. */
    public static final String CLASSIFIER = "classifier";
    /** Before the names of the parts: their moving average. */
    public static final String AVERAGE = "average_";

    /** The network without its projector. */
    public Network encoder() {
        return identity.network();
    }

    /** Encoder and projector as one network; where there is no projector, the embedding is the representation. */
    public ProjectedEncoder model() {
        return identity.model();
    }

    /** The augmentation recipe it was trained with, as its manifest has it. */
    public String augmentation() {
        return manifest.details().get(AUGMENTATION);
    }

    /** Trainable values without the projector, as the manifest of an encoder's checkpoint has them. */
    public static long parameters(CheckpointManifest manifest) {
        return EncoderIdentity.parameters(manifest);
    }

    /**
     * Writes what training leaves.
     *
     * @param details kept in the manifest beside what is needed to read it back; {@link #AUGMENTATION} among them
     */
    public static CheckpointManifest write(
            Path folder, ProjectedEncoder model, TrainingState state, Map<String, Long> seeds, Map<String, String> details)
            throws IOException {
        StateLayout encoder = StateLayout.of(model.encoder());
        Map<String, String> all = new LinkedHashMap<>(details);
        all.putAll(EncoderIdentity.details(model.encoder(), model.projector(), encoder.parameterCount()));
        Map<String, StateDict> parts = new LinkedHashMap<>();
        try {
            split(state.model(), encoder, "", parts);
            state.average().ifPresent(average -> split(average, encoder, AVERAGE, parts));
            return new CheckpointFolder(folder)
                    .write(CheckpointManifest.describe(model.encoder().name(), state.step(), seeds, all), parts);
        } finally {
            parts.values().forEach(StateDict::close);
        }
    }

    /**
     * Writes an encoder whose weights came from elsewhere.
     *
     * @param projector {@code NoHead} if there is none
     * @param parts {@link #ENCODER} with the state of the network, and {@link #PROJECTOR} if there is a projector; stay with the caller
     * @param augmentation by whose views it shall be measured, with its normalization
     * @param details kept in the manifest
     */
    public static CheckpointManifest writeImported(
            Path folder,
            Network network,
            Head projector,
            Map<String, StateDict> parts,
            AugmentationRecipe augmentation,
            Map<String, String> details)
            throws IOException {
        StateLayout layout = StateLayout.of(network);
        layout.verify(parts.get(ENCODER));
        Map<String, String> all = new LinkedHashMap<>(details);
        all.put(AUGMENTATION, augmentation.toText());
        all.putAll(EncoderIdentity.details(network, projector, layout.parameterCount()));
        return new CheckpointFolder(folder).write(CheckpointManifest.describe(network.name(), 0, Map.of(), all), parts);
    }

    /**
     * Writes an encoder that is this one with other weights. What its manifest says of the training stays true of what the weights came
     * from, and is kept, seeds and steps included; a moving average is not, as nobody changed it.
     *
     * @param changed the tensors of {@link #state}; stays with the caller
     * @param more details that are added, or replace those of the same name
     */
    public CheckpointManifest writeChanged(Path folder, StateDict changed, Map<String, String> more) throws IOException {
        StateLayout.of(model()).verify(changed);
        Map<String, String> details = new LinkedHashMap<>(manifest.details());
        details.putAll(more);
        Map<String, StateDict> parts = new LinkedHashMap<>();
        try {
            split(changed, StateLayout.of(encoder()), "", parts);
            return new CheckpointFolder(folder)
                    .write(CheckpointManifest.describe(manifest.network(), manifest.step(), manifest.seeds(), details), parts);
        } finally {
            parts.values().forEach(StateDict::close);
        }
    }

    /** SHA-256 of the file of the encoder's weights, as the manifest has it: encoders with the same are the same. */
    public String weightsDigest() {
        return manifest.sha256(ENCODER);
    }

    /**
     * Reads and verifies what {@link #write} or {@link #writeImported} wrote; the weights as trained, not their average.
     *
     * @throws CorruptFileException if the checkpoint is not whole, or not one of an encoder
     */
    public static TrainedEncoder read(Path folder) throws IOException {
        CheckpointFolder checkpoint = new CheckpointFolder(folder);
        CheckpointManifest manifest = checkpoint.manifest();
        EncoderIdentity identity = EncoderIdentity.of(folder.resolve(CheckpointFolder.MANIFEST).toString(), manifest);
        Map<String, StateDict> parts = checkpoint.read();
        StateDict state = new StateDict();
        try {
            take(folder, parts, ENCODER, "", state);
            if (identity.isProjected()) {
                take(folder, parts, PROJECTOR, ProjectedEncoder.PROJECTOR + ".", state);
            }
            TrainedEncoder encoder = new TrainedEncoder(identity, state, manifest);
            StateLayout.of(encoder.model()).verify(state);
            return encoder;
        } catch (IllegalArgumentException e) {
            state.close();
            throw corrupt(folder, e.getMessage());
        } catch (RuntimeException e) {
            state.close();
            throw e;
        } finally {
            parts.values().forEach(StateDict::close);
        }
    }

    /**
     * The classifier beside an encoder, by the names below {@link ClassifierHead#PATH}; empty if there is none. To be closed by the caller.
     *
     * @throws CorruptFileException if the checkpoint is not whole
     */
    public static Optional<StateDict> readClassifier(Path folder) throws IOException {
        Map<String, StateDict> parts = new CheckpointFolder(folder).read();
        Optional<StateDict> classifier = Optional.ofNullable(parts.remove(CLASSIFIER));
        parts.values().forEach(StateDict::close);
        return classifier;
    }

    @Override
    public void close() {
        state.close();
    }

    private static void take(Path folder, Map<String, StateDict> parts, String part, String prefix, StateDict state) {
        if (!parts.containsKey(part)) {
            throw corrupt(folder, "has no part " + part + ", only " + parts.keySet());
        }
        parts.get(part).tensors().forEach((name, tensor) -> state.putCopy(prefix + name, tensor));
    }

    private static void split(StateDict model, StateLayout encoder, String group, Map<String, StateDict> parts) {
        StateDict own = new StateDict();
        parts.put(group + ENCODER, own);
        encoder.state().forEach(spec -> own.putCopy(spec.name(), model.get(spec.name())));
        StateDict projector = model.under(ProjectedEncoder.PROJECTOR + ".");
        if (projector.size() > 0) {
            parts.put(group + PROJECTOR, projector);
        }
        StateDict classifier = model.under(ClassifierHead.PATH + ".");
        if (classifier.size() > 0) {
            parts.put(group + CLASSIFIER, classifier);
        }
    }

    private static CorruptFileException corrupt(Path folder, String reason) {
        return new CorruptFileException(folder.resolve(CheckpointFolder.MANIFEST).toString(), reason);
    }
}
