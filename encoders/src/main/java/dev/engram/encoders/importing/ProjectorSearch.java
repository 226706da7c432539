package dev.engram.encoders.importing;

import dev.engram.encoders.checkpoint.StoredState;
import dev.engram.encoders.checkpoint.StoredTensor;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.network.ProjectorStyle;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.StateSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads widths and style of a projector off the names and shapes below a prefix: layers are numbered as in PyTorch's {@code Sequential}. */
final class ProjectorSearch {
    private static final String OWN = ProjectedEncoder.PROJECTOR + ".";

    private ProjectorSearch() {}

    /**
     * A projector and where its tensors are.
     *
     * @param projector widths and style
     * @param tensors by their names below the prefix
     */
    record Found(Projector projector, List<KeyMatch> tensors) {}

    /** Empty if no style has exactly these tensors. */
    static Optional<Found> find(StoredState state, String prefix, Network encoder) {
        Map<String, StoredTensor> below = new LinkedHashMap<>();
        state.tensors().forEach((key, tensor) -> {
            String name = StateMatch.name(key);
            if (name.startsWith(prefix)) {
                below.put(name.substring(prefix.length()), tensor);
            }
        });
        List<Integer> widths = widths(below);
        if (widths.isEmpty()) {
            return Optional.empty();
        }
        for (ProjectorStyle style : ProjectorStyle.values()) {
            Projector projector = new Projector(widths, style);
            Optional<List<KeyMatch>> fit = fit(below, StateLayout.of(new ProjectedEncoder(encoder, projector)));
            if (fit.isPresent()) {
                return Optional.of(new Found(projector, fit.get()));
            }
        }
        return Optional.empty();
    }

    private static List<Integer> widths(Map<String, StoredTensor> below) {
        Map<Integer, Integer> byLayer = new TreeMap<>();
        below.forEach((name, tensor) -> {
            long[] shape = tensor.shape();
            if (name.matches("[0-9]{1,4}\\.weight") && shape.length == 2 && shape[0] > 0 && shape[0] <= Integer.MAX_VALUE) {
                byLayer.put(Integer.parseInt(name.substring(0, name.indexOf('.'))), (int) shape[0]);
            }
        });
        return List.copyOf(byLayer.values());
    }

    private static Optional<List<KeyMatch>> fit(Map<String, StoredTensor> below, StateLayout layout) {
        Map<String, StoredTensor> left = new LinkedHashMap<>(below);
        List<KeyMatch> found = new ArrayList<>();
        for (StateSpec place : layout.state()) {
            if (!place.name().startsWith(OWN)) {
                continue;
            }
            StoredTensor tensor = left.remove(place.name().substring(OWN.length()));
            if (tensor == null ? !place.name().endsWith(".num_batches_tracked") : !new KeyMatch(tensor, place).fits()) {
                return Optional.empty();
            }
            if (tensor != null) {
                found.add(new KeyMatch(tensor, place));
            }
        }
        return left.isEmpty() ? Optional.of(found) : Optional.empty();
    }
}
