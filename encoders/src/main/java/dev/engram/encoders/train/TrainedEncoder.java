package dev.engram.encoders.train;

import dev.engram.encoders.checkpoint.CheckpointFolder;
import dev.engram.encoders.checkpoint.CheckpointManifest;
import dev.engram.encoders.checkpoint.CorruptFileException;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.network.Heads;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.NoHead;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.StateLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained encoder as it is kept and measured: network, projector and the weights of both, nothing of the optimizer. On disk a
 * {@link CheckpointFolder} with the parts {@code encoder} and {@code projector} (PyTorch's names, each loads strictly into its module) and,
 * where training kept a moving average, {@code average_encoder} and {@code average_projector}.
 *
 * @param model encoder and projector as one network
 * @param state weights and buffers by the names of {@code StateLayout.of(model)}; those of the encoder alone are a part of them
 * @param manifest what else is known, e.g. {@link #AUGMENTATION}
 */
public record TrainedEncoder(ProjectedEncoder model, StateDict state, CheckpointManifest manifest) implements AutoCloseable {
    /** Manifest detail: the augmentation recipe it was trained with. */
    public static final String AUGMENTATION = "augmentation";

    private static final String CHANNELS = "channels";
    private static final String SIDE = "side";
    private static final String PROJECTOR_HEAD = "projector";
    /** Before the name of an option of the network. */
    private static final String NETWORK_OPTION = "network.";
    private static final String PARAMETERS = "parameters";
    private static final String ENCODER = "encoder";
    private static final String PROJECTOR = "projector";
    private static final String AVERAGE = "average_";

    /** The network without its projector. */
    public Network encoder() {
        return model.encoder();
    }

    /** Name of the augmentation recipe it was trained with. */
    public String augmentation() {
        return manifest.details().get(AUGMENTATION);
    }

    /** Trainable values without the projector, as the manifest of an encoder's checkpoint has them. */
    public static long parameters(CheckpointManifest manifest) {
        return Long.parseLong(manifest.details().get(PARAMETERS));
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
        all.put(CHANNELS, Long.toString(model.input().get(0)));
        all.put(SIDE, Long.toString(model.input().get(1)));
        model.encoder().options().forEach((option, value) -> all.put(NETWORK_OPTION + option, value));
        all.put(PROJECTOR_HEAD, Heads.text(model.projector()));
        all.put(PARAMETERS, Long.toString(encoder.parameterCount()));
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
     * Reads and verifies what {@link #write} wrote; the weights as trained, not their average.
     *
     * @throws CorruptFileException if the checkpoint is not whole, or not one of an encoder
     */
    public static TrainedEncoder read(Path folder) throws IOException {
        CheckpointFolder checkpoint = new CheckpointFolder(folder);
        CheckpointManifest manifest = checkpoint.manifest();
        ProjectedEncoder model = model(folder, manifest);
        Map<String, StateDict> parts = checkpoint.read();
        StateDict state = new StateDict();
        try {
            boolean projected = !(model.projector() instanceof NoHead);
            for (String part : projected ? List.of(ENCODER, PROJECTOR) : List.of(ENCODER)) {
                if (!parts.containsKey(part)) {
                    throw corrupt(folder, "has no part " + part + ", only " + parts.keySet());
                }
                String prefix = part.equals(PROJECTOR) ? ProjectedEncoder.PROJECTOR + "." : "";
                parts.get(part).tensors().forEach((name, tensor) -> state.putCopy(prefix + name, tensor));
            }
            StateLayout.of(model).verify(state);
            return new TrainedEncoder(model, state, manifest);
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

    @Override
    public void close() {
        state.close();
    }

    private static ProjectedEncoder model(Path folder, CheckpointManifest manifest) {
        Map<String, String> details = manifest.details();
        try {
            Map<String, String> options = new LinkedHashMap<>();
            details.forEach((key, value) -> {
                if (key.startsWith(NETWORK_OPTION)) {
                    options.put(key.substring(NETWORK_OPTION.length()), value);
                }
            });
            Network encoder = Networks.encoder(
                    manifest.network(),
                    Integer.parseInt(details.get(CHANNELS)),
                    Integer.parseInt(details.get(SIDE)),
                    options);
            return new ProjectedEncoder(encoder, Heads.named(details.getOrDefault(PROJECTOR_HEAD, Heads.text(new NoHead()))));
        } catch (IllegalArgumentException e) {
            throw corrupt(folder, "describes no encoder: " + e.getMessage());
        }
    }

    private static void split(StateDict model, StateLayout encoder, String group, Map<String, StateDict> parts) {
        StateDict own = new StateDict();
        parts.put(group + ENCODER, own);
        encoder.state().forEach(spec -> own.putCopy(spec.name(), model.get(spec.name())));
        StateDict projector = model.under(ProjectedEncoder.PROJECTOR + ".");
        if (projector.size() > 0) {
            parts.put(group + PROJECTOR, projector);
        }
    }

    private static CorruptFileException corrupt(Path folder, String reason) {
        return new CorruptFileException(folder.resolve(CheckpointFolder.MANIFEST).toString(), reason);
    }
}
