package dev.engram.encoders.network;

import dev.engram.encoders.network.StateSpec.Role;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One module of a network.
 *
 * @param path PyTorch's module path, empty for the whole network
 * @param kind the operation, empty for a group of modules
 * @param shape of its output for one image; a group's is that of its last module
 * @param tensors of the state that are its own, not its children's
 * @param children in the order of the forward pass
 */
public record ArchitectureModule(
        String path,
        Optional<Tap.Kind> kind,
        List<Long> shape,
        List<StateSpec> tensors,
        List<ArchitectureModule> children) {
    public ArchitectureModule {
        shape = List.copyOf(shape);
        tensors = List.copyOf(tensors);
        children = List.copyOf(children);
    }

    /** The last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The operation as contracts and pages write it, such as {@code batch_norm}; empty for a group. */
    public String kindName() {
        return kind.map(operation -> operation.name().toLowerCase(Locale.ROOT)).orElse("");
    }

    /** Channels or neurons of its output; 0 for a group. */
    public int units() {
        return kind.isPresent() ? Units.of(shape) : 0;
    }

    /** Trained values, its children's included. */
    public long parameters() {
        return elements(Role.PARAMETER);
    }

    /** Values that are not trained, its children's included. */
    public long buffers() {
        return elements(Role.BUFFER);
    }

    private long elements(Role role) {
        return tensors.stream().filter(tensor -> tensor.role() == role).mapToLong(StateSpec::elements).sum()
                + children.stream().mapToLong(child -> child.elements(role)).sum();
    }
}
