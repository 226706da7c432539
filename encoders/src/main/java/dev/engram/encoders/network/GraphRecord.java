package dev.engram.encoders.network;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.StateSpec.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a definition has said so far: its state, its taps, which layer reads which tap, and where the requested activations are. */
final class GraphRecord {
    private final String parameters;
    private final String buffers;
    private final Set<TapRequest> requests;
    private final List<StateSpec> state = new ArrayList<>();
    private final List<Tap> taps = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, String> tapped = new HashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final Map<TapRequest, String> activations = new LinkedHashMap<>();
    private int parameterCount;
    private int bufferCount;

    /** Parameters and buffers are taken from the lists of these names in the program. */
    GraphRecord(String parameters, String buffers, Set<TapRequest> requests) {
        this.parameters = parameters;
        this.buffers = buffers;
        this.requests = requests;
    }

    String state(StateSpec spec) {
        if (!names.add(spec.name())) {
            throw new IllegalStateException("The network defines " + spec.name() + " twice");
        }
        state.add(spec);
        return spec.role() == Role.PARAMETER
                ? parameters + "[" + parameterCount++ + "]"
                : buffers + "[" + bufferCount++ + "]";
    }

    void tap(Tap tap, String variable, ProgramText text) {
        taps.add(tap);
        tapped.putIfAbsent(variable, tap.path());
        for (TapRequest request : requests) {
            if (request.path().equals(tap.path())) {
                String read = request.reduction().mayAlias() ? variable : InPlaceRelu.readOnce(variable, text);
                activations.put(request, request.reduction().write(tap, read, text));
            }
        }
    }

    /** The layer at {@code path} has been applied to the value of this name. */
    void read(String path, String variable) {
        String from = tapped.get(variable);
        if (from != null && tapped.containsValue(path)) {
            links.add(new Link(from, path));
        }
    }

    List<StateSpec> state() {
        return List.copyOf(state);
    }

    List<Tap> taps() {
        return List.copyOf(taps);
    }

    List<Link> links() {
        return List.copyOf(links);
    }

    /** Requested activations and the names of their values, in the order of the network. */
    Map<TapRequest, String> activations() {
        return activations;
    }
}
