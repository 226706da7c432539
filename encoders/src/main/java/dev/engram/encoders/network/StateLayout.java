package dev.engram.encoders.network;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.network.StateSpec.Role;
import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a network's definition says about it.
 *
 * @param state in the order of PyTorch's {@code state_dict}
 * @param taps in the order of the forward pass
 * @param links which layer reads which tap; what is no layer with a tap of its own, as additions and reshapings are not, is left out
 */
public record StateLayout(List<StateSpec> state, List<Tap> taps, List<Link> links) {
    public StateLayout {
        state = List.copyOf(state);
        taps = List.copyOf(taps);
        links = List.copyOf(links);
    }

    /** A layout of which no more is known. */
    public StateLayout(List<StateSpec> state, List<Tap> taps) {
        this(state, taps, List.of());
    }

    /** Reads the layout off a definition. */
    public static StateLayout of(Network network) {
        GraphRecord record = new GraphRecord("p", "b", Set.of());
        network.forward(new Graph(new ProgramText(), Mode.EVALUATION, record), new Node("x", network.input()));
        return new StateLayout(record.state(), record.taps(), record.links());
    }

    /** Names of the trained tensors, in order. */
    public List<String> parameters() {
        return names(Role.PARAMETER);
    }

    /** Names of the tensors that are not trained, in order. */
    public List<String> buffers() {
        return names(Role.BUFFER);
    }

    /** Whether the first of the network's tokens is a class token. */
    public boolean hasClassToken() {
        return parameters().stream().anyMatch(name -> name.equals("cls_token") || name.endsWith(".cls_token"));
    }

    /** Number of trained values. */
    public long parameterCount() {
        return state.stream().filter(s -> s.role() == Role.PARAMETER).mapToLong(StateSpec::elements).sum();
    }

    /**
     * The tap of this path.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public Tap tap(String path) {
        return taps.stream().filter(tap -> tap.path().equals(path)).findFirst().orElseThrow(() ->
                new IllegalArgumentException("No tap " + path + "; there are "
                        + String.join(", ", taps.stream().map(Tap::path).toList())));
    }

    /** The layers that read the output of this tap, in the order of the forward pass. */
    public List<Tap> readersOf(String path) {
        return links.stream().filter(link -> link.from().equals(path)).map(link -> tap(link.to())).toList();
    }

    /**
     * Initial values: each tensor's are a function of the seed and its name alone.
     *
     * @param seed any number
     */
    public StateDict initialState(long seed) {
        StateDict values = new StateDict();
        try (Scope scope = Scope.open()) {
            for (StateSpec spec : state) {
                values.put(spec.name(), initial(spec, seed, scope));
            }
            return values;
        } catch (RuntimeException e) {
            values.close();
            throw e;
        }
    }

    /**
     * Checks that a state has exactly these tensors, of these shapes and types.
     *
     * @throws IllegalArgumentException naming everything that is missing, unexpected or different
     */
    public void verify(StateDict values) {
        List<String> problems = new ArrayList<>();
        Set<String> unexpected = new LinkedHashSet<>(values.names());
        for (StateSpec spec : state) {
            unexpected.remove(spec.name());
            if (!values.contains(spec.name())) {
                problems.add("missing " + spec.name());
                continue;
            }
            Tensor tensor = values.get(spec.name());
            if (tensor.type() != spec.type() || !Arrays.equals(tensor.shape(), shape(spec))) {
                problems.add("%s is %s %s, not %s %s".formatted(
                        spec.name(), tensor.type(), Arrays.toString(tensor.shape()), spec.type(), spec.shape()));
            }
        }
        unexpected.forEach(name -> problems.add("unexpected " + name));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("The state does not fit the network: " + String.join("; ", problems));
        }
    }

    private static Tensor initial(StateSpec spec, long seed, Scope scope) {
        if (spec.type() != ElementType.FLOAT32) {
            return scope.zeros(spec.type(), shape(spec));
        }
        RandomStream draws = StatelessRandom.of(seed, "init " + spec.name()).at(0, 0, 0);
        return scope.floats(spec.initializer().draw(draws, Math.toIntExact(spec.elements())), shape(spec));
    }

    private static long[] shape(StateSpec spec) {
        return spec.shape().stream().mapToLong(Long::longValue).toArray();
    }

    private List<String> names(Role role) {
        return state.stream().filter(spec -> spec.role() == role).map(StateSpec::name).toList();
    }
}
