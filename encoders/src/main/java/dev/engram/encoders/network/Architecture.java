package dev.engram.encoders.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network as a tree of modules, read off the same definition that trains and measures.
 *
 * @param network its name
 * @param options as {@link Network#options}
 * @param input shape of one input
 * @param root the whole network; its shape is that of the output
 */
public record Architecture(String network, Map<String, String> options, List<Long> input, ArchitectureModule root) {
    public Architecture {
        input = List.copyOf(input);
    }

    /** The architecture of a network. Needs no weights and takes milliseconds. */
    public static Architecture of(Network network) {
        StateLayout layout = StateLayout.of(network);
        Branch root = new Branch("");
        layout.taps().forEach(tap -> root.at(tap.path()).tap = Optional.of(tap));
        layout.state().forEach(spec -> root.at(module(spec.name())).tensors.add(spec));
        return new Architecture(network.name(), network.options(), network.input(), root.module());
    }

    /**
     * The tree for a person, one module a line: name, indented by depth, kind, output shape, trained values.
     *
     * <pre>{@code
     * blocks                          [65, 192]    5,338,368
     *   0                             [65, 192]      444,864
     *     norm1      layer_norm       [65, 192]          384
     * }</pre>
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines(root, 0, lines);
        return lines;
    }

    private static void lines(ArchitectureModule module, int depth, List<String> lines) {
        String name = "  ".repeat(depth) + (depth == 0 ? "(all)" : module.name());
        lines.add("%-36s %-16s %-18s %,15d".formatted(name, module.kindName(), module.shape(), module.parameters()));
        module.children().forEach(child -> lines(child, depth + 1, lines));
    }

    private static String module(String tensor) {
        return tensor.contains(".") ? tensor.substring(0, tensor.lastIndexOf('.')) : "";
    }

    private static final class Branch {
        private final String path;
        private final Map<String, Branch> children = new LinkedHashMap<>();
        private final List<StateSpec> tensors = new ArrayList<>();
        private Optional<Tap> tap = Optional.empty();

        Branch(String path) {
            this.path = path;
        }

        Branch at(String below) {
            if (below.isEmpty()) {
                return this;
            }
            int dot = below.indexOf('.');
            String name = dot < 0 ? below : below.substring(0, dot);
            Branch child = children.computeIfAbsent(name, key -> new Branch(path.isEmpty() ? key : path + "." + key));
            return child.at(dot < 0 ? "" : below.substring(dot + 1));
        }

        ArchitectureModule module() {
            List<ArchitectureModule> below = children.values().stream().map(Branch::module).toList();
            List<Long> last = below.isEmpty() ? List.of() : below.getLast().shape();
            return new ArchitectureModule(path, tap.map(Tap::kind), tap.map(Tap::shape).orElse(last), tensors, below);
        }
    }
}
