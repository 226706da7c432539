package dev.engram.encoders.importing;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.checkpoint.CheckpointManifest;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.checkpoint.StoredTensor;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.network.Head;
import dev.engram.encoders.network.NoHead;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.StateSpec;
import dev.engram.encoders.train.TrainedEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the checkpoint of an encoder of a plan. The result depends on the file and the plan alone. Memory: one copy of the weights that have
 * a place in the network.
 */
public final class EncoderImport {
    private static final long SEED_OF_MISSING = 0;

    private final ImportPlan plan;
    private final StateMatch match;

    /** @throws IllegalArgumentException if the plan found no network */
    public EncoderImport(ImportPlan plan) {
        this.plan = plan;
        this.match = plan.match().orElseThrow(() -> new IllegalArgumentException("No network is near"));
    }

    /** Told before each tensor is read; may throw to stop. */
    @FunctionalInterface
    public interface Progress {
        void reading(int done, int all);
    }

    /**
     * Reads the weights and writes the checkpoint. Missing tensors keep the initial values of seed 0: whether that is wanted, the caller
     * has decided.
     *
     * @param augmentation by whose views the encoder shall be measured, with the normalization it is used to
     * @param details kept in the manifest
     * @throws dev.engram.encoders.file.CorruptFileException if the file's bytes are not what it says they are
     * @throws IllegalArgumentException naming a tensor with values that are no numbers
     */
    public CheckpointManifest write(Path folder, AugmentationRecipe augmentation, Map<String, String> details, Progress progress)
            throws IOException {
        StateLayout layout = StateLayout.of(match.network());
        Map<String, StateDict> parts = new LinkedHashMap<>();
        try {
            parts.put(TrainedEncoder.ENCODER, state(layout.state(), match.loaded(), "", progress));
            if (plan.projector().isPresent()) {
                List<StateSpec> places = StateLayout.of(new ProjectedEncoder(match.network(), plan.projector().get())).state().stream()
                        .filter(place -> place.name().startsWith(ProjectedEncoder.PROJECTOR + "."))
                        .toList();
                parts.put(TrainedEncoder.PROJECTOR, state(places, plan.projectorTensors(), ProjectedEncoder.PROJECTOR + ".", progress));
            }
            return TrainedEncoder.writeImported(
                    folder, match.network(), plan.projector().map(Head.class::cast).orElse(new NoHead()), parts, augmentation, details);
        } finally {
            parts.values().forEach(StateDict::close);
        }
    }

    private static StateDict state(List<StateSpec> places, List<KeyMatch> found, String prefix, Progress progress) {
        Map<String, StoredTensor> tensors = new HashMap<>();
        found.forEach(tensor -> tensors.put(tensor.place().name(), tensor.tensor()));
        StateDict state = new StateDict();
        try (Scope scope = Scope.open();
                StateDict initial = new StateLayout(
                                places.stream().filter(place -> !tensors.containsKey(place.name())).toList(), List.of())
                        .initialState(SEED_OF_MISSING)) {
            int done = 0;
            for (StateSpec place : places) {
                progress.reading(done++, places.size());
                String name = place.name().substring(prefix.length());
                StoredTensor stored = tensors.get(place.name());
                if (stored == null) {
                    state.putCopy(name, initial.get(place.name()));
                } else {
                    state.put(name, converted(stored, place, scope));
                }
            }
            return state;
        } catch (RuntimeException e) {
            state.close();
            throw e;
        }
    }

    private static Tensor converted(StoredTensor stored, StateSpec place, Scope scope) {
        Tensor tensor = stored.type().inMemory() == place.type() ? stored.read(scope) : numbers(stored, place, scope);
        if (place.type() == ElementType.FLOAT32) {
            requireFinite(stored, tensor);
        }
        return tensor;
    }

    private static void requireFinite(StoredTensor stored, Tensor tensor) {
        tensor.withBytes(bytes -> {
            while (bytes.hasRemaining()) {
                if (!Float.isFinite(bytes.getFloat())) {
                    throw new IllegalArgumentException("tensor %s holds NaN or an infinity".formatted(stored.name()));
                }
            }
        });
    }

    /** Element by element; floating point is rounded to FLOAT32. */
    private static Tensor numbers(StoredTensor stored, StateSpec place, Scope scope) {
        ByteBuffer bytes = stored.read();
        Tensor tensor = scope.zeros(place.type(), stored.shape());
        tensor.fill(target -> {
            while (bytes.hasRemaining()) {
                double value = switch (stored.type().inMemory()) {
                    case FLOAT32 -> bytes.getFloat();
                    case FLOAT64 -> bytes.getDouble();
                    case INT64 -> bytes.getLong();
                    case INT32 -> bytes.getInt();
                    case UINT8, BOOL -> Byte.toUnsignedInt(bytes.get());
                };
                if (place.type() == ElementType.FLOAT32) {
                    target.putFloat((float) value);
                } else {
                    target.putLong((long) value);
                }
            }
        });
        return tensor;
    }
}
