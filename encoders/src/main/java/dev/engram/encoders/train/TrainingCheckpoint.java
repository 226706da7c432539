package dev.engram.encoders.train;

import dev.engram.encoders.checkpoint.CheckpointFolder;
import dev.engram.encoders.checkpoint.CheckpointManifest;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.file.CorruptFileException;
import dev.engram.encoders.method.Part;
import dev.engram.encoders.network.ProjectedEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A training state as a checkpoint, with the parts {@code encoder} and {@code projector} (PyTorch names, each loads strictly
 * into its module), {@code heads} (every other head, and what the method itself keeps), {@code optimizer}, and the same of the
 * moving average or the teacher where there is one: {@code average_encoder}, {@code average_projector} …
 */
public final class TrainingCheckpoint {
    private static final String ENCODER = "encoder";
    private static final String OPTIMIZER = "optimizer";
    private static final String AVERAGE = "average_";
    private static final List<String> HEADS = List.of(ProjectedEncoder.PROJECTOR, Part.HEADS);

    private TrainingCheckpoint() {}

    /**
     * Writes a state.
     *
     * @param network name of the encoder with its projector
     * @param seeds by purpose
     * @param details anything else worth keeping, such as the recipe
     */
    public static CheckpointManifest write(
            Path folder, TrainingState state, String network, Map<String, Long> seeds, Map<String, String> details)
            throws IOException {
        Map<String, StateDict> parts = new LinkedHashMap<>();
        try {
            split(state.model(), "", parts);
            state.average().ifPresent(average -> split(average, AVERAGE, parts));
            parts.put(OPTIMIZER, state.optimizer().copy());
            return new CheckpointFolder(folder)
                    .write(CheckpointManifest.describe(network, state.step(), seeds, details), parts);
        } finally {
            parts.values().forEach(StateDict::close);
        }
    }

    /**
     * Reads a state; {@link TrainingStep#verify} says whether it fits a recipe.
     *
     * @throws CorruptFileException if the checkpoint is not whole, or is none of a training
     */
    public static TrainingState read(Path folder) throws IOException {
        CheckpointFolder checkpoint = new CheckpointFolder(folder);
        Map<String, StateDict> parts = checkpoint.read();
        if (!parts.containsKey(ENCODER) || !parts.containsKey(OPTIMIZER)) {
            parts.values().forEach(StateDict::close);
            throw new CorruptFileException(folder.resolve(CheckpointFolder.MANIFEST).toString(),
                    "a training has the parts encoder and optimizer, here are " + parts.keySet());
        }
        long step = checkpoint.manifest().step();
        StateDict average = parts.containsKey(AVERAGE + ENCODER) ? joined(parts, AVERAGE) : null;
        return new TrainingState(step, joined(parts, ""), parts.get(OPTIMIZER), average);
    }

    private static void split(StateDict model, String group, Map<String, StateDict> parts) {
        StateDict encoder = new StateDict();
        parts.put(group + ENCODER, encoder);
        model.tensors().forEach((name, tensor) -> {
            if (HEADS.stream().noneMatch(head -> name.startsWith(head + "."))) {
                encoder.putCopy(name, tensor);
            }
        });
        for (String head : HEADS) {
            StateDict own = model.under(head + ".");
            if (own.size() > 0) {
                parts.put(group + head, own);
            }
        }
    }

    private static StateDict joined(Map<String, StateDict> parts, String group) {
        StateDict model = parts.get(group + ENCODER);
        for (String head : HEADS) {
            StateDict own = parts.get(group + head);
            if (own != null) {
                new LinkedHashMap<>(own.tensors()).forEach((name, tensor) -> model.put(head + "." + name, tensor));
                own.close();
            }
        }
        return model;
    }
}
