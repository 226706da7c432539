package dev.engram.encoders.importing;

import dev.engram.encoders.checkpoint.StoredState;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.StateSpec;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A network that a file is compared with: its layout, and the names of the classifier it would have. */
record Candidate(Network network, StateLayout layout, Set<String> headNames) {
    private static final String CLASSES = "classes";
    /** Names that tell where a network's tensors begin: enough that one of them is in most files. */
    private static final int ANCHORS = 4;

    /** Empty if there is no such network: an option or the side does not fit. */
    static Optional<Candidate> of(String name, int side, Map<String, String> options) {
        try {
            return Optional.of(make(name, side, options));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @throws IllegalArgumentException naming what does not fit */
    static Candidate make(String name, int side, Map<String, String> options) {
        Network network = Networks.encoder(name, ImportQuestion.CHANNELS, side, options);
        StateLayout layout = StateLayout.of(network);
        Set<String> heads = new LinkedHashSet<>();
        if (network.options().containsKey(CLASSES)) {
            Map<String, String> classified = new LinkedHashMap<>(options);
            classified.put(CLASSES, "2");
            StateLayout.of(Networks.encoder(name, ImportQuestion.CHANNELS, side, classified)).state().forEach(place -> heads.add(place.name()));
            layout.state().forEach(place -> heads.remove(place.name()));
        }
        return new Candidate(network, layout, heads);
    }

    /** The best match with a state: under the prefix given, or else under whatever stands before one of the network's names. */
    StateMatch match(StoredState state, Optional<String> prefix) {
        StateMatch best = null;
        for (String one : prefix.map(Set::of).orElseGet(() -> prefixes(state))) {
            StateMatch match = StateMatch.of(state, one, network, layout, headNames);
            if (best == null || match.nearness() > best.nearness() || match.nearness() == best.nearness() && rank(one) < rank(best.prefix())) {
                best = match;
            }
        }
        return best;
    }

    private Set<String> prefixes(StoredState state) {
        Set<String> prefixes = new LinkedHashSet<>(Set.of(""));
        List<StateSpec> places = layout.state();
        for (int i = 0; i < Math.min(ANCHORS, places.size()); i++) {
            String anchor = places.get(i * (places.size() - 1) / Math.max(1, ANCHORS - 1)).name();
            prefixes.addAll(state.tensors().keySet().stream()
                    .map(StateMatch::name)
                    .filter(key -> key.endsWith("." + anchor))
                    .map(key -> key.substring(0, key.length() - anchor.length()))
                    .collect(Collectors.toCollection(LinkedHashSet::new)));
        }
        return prefixes;
    }

    /** Of equals: the query encoder before the key encoder (MoCo), an online network before its target (BYOL); then the shorter. */
    private static int rank(String prefix) {
        boolean isCopy = prefix.contains("encoder_k") || prefix.contains("target") || prefix.contains("momentum") || prefix.contains("ema");
        return (isCopy ? 1000 : 0) + prefix.length();
    }
}
