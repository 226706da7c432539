package dev.engram.encoders.importing;

import dev.engram.encoders.checkpoint.StoredState;
import dev.engram.encoders.checkpoint.StoredTensor;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.StateSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the tensors of a state fit a network, by name and shape.
 *
 * @param network what it was compared with
 * @param prefix what was taken off the names
 * @param loaded have their place and its shape
 * @param missing places without a tensor; counters of batches, which old files lack, are not among them
 * @param mismatched have a place of another shape
 * @param heads have no place, but would in the network with a classifier
 * @param unexpected have no place at all
 * @param outside do not begin with the prefix
 */
public record StateMatch(
        Network network,
        String prefix,
        List<KeyMatch> loaded,
        List<StateSpec> missing,
        List<KeyMatch> mismatched,
        List<StoredTensor> heads,
        List<StoredTensor> unexpected,
        List<StoredTensor> outside) {
    /** What {@code torch.compile} puts in front of a module's names, wherever the module is. */
    private static final String COMPILED = "_orig_mod.";
    private static final String COUNTER = ".num_batches_tracked";

    /** @param headNames names of the network's classifier */
    static StateMatch of(StoredState state, String prefix, Network network, StateLayout layout, Set<String> headNames) {
        Map<String, StateSpec> places = new LinkedHashMap<>();
        layout.state().forEach(place -> places.put(place.name(), place));
        StateMatch match = new StateMatch(
                network, prefix, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(),
                new ArrayList<>());
        state.tensors().forEach((key, tensor) -> match.sort(name(key), tensor, places, headNames));
        places.values().stream().filter(place -> !place.name().endsWith(COUNTER)).forEach(match.missing::add);
        return match;
    }

    private void sort(String name, StoredTensor tensor, Map<String, StateSpec> places, Set<String> headNames) {
        if (!name.startsWith(prefix)) {
            outside.add(tensor);
            return;
        }
        StateSpec place = places.remove(name.substring(prefix.length()));
        if (place != null) {
            KeyMatch match = new KeyMatch(tensor, place);
            (match.fits() ? loaded : mismatched).add(match);
        } else {
            (headNames.contains(name.substring(prefix.length())) ? heads : unexpected).add(tensor);
        }
    }

    /** A key without what {@code torch.compile} adds to it. */
    static String name(String key) {
        return key.replace(COMPILED, "");
    }

    /** Whether every place has its tensor and nothing below the prefix is left over but a classifier. */
    public boolean isStrict() {
        return missing.isEmpty() && mismatched.isEmpty() && unexpected.isEmpty();
    }

    /** Share of the network's values that the file has, in [0, 1]. */
    public double coverage() {
        double have = loaded.stream().mapToDouble(match -> match.place().elements()).sum();
        return have / Math.max(1, have + lacking());
    }

    /**
     * How near the network is: values that fit by those of both sides, in [0, 1]; 1 for a strict match. A stray tensor counts at least as
     * much as a thousandth of the network, so that few values do not make a stranger a neighbor.
     */
    double score() {
        double have = loaded.stream().mapToDouble(match -> match.place().elements()).sum();
        double spare = unexpected.stream().mapToDouble(StoredTensor::elements).sum();
        double all = have + lacking() + spare;
        return have / Math.max(1, all + all / 1000 * (missing.size() + mismatched.size() + unexpected.size()));
    }

    /**
     * {@link #score} with a little for shapes that agree in part, so that a search that changes one option after the other sees where it goes: the
     * right patches help even while the width is wrong.
     */
    double nearness() {
        double agreeing = loaded.size();
        for (KeyMatch match : mismatched) {
            agreeing += match.agreement();
        }
        int names = loaded.size() + mismatched.size() + missing.size() + unexpected.size();
        return score() + agreeing / Math.max(1, names) / 10;
    }

    private double lacking() {
        return missing.stream().mapToDouble(StateSpec::elements).sum()
                + mismatched.stream().mapToDouble(match -> match.place().elements()).sum();
    }
}
