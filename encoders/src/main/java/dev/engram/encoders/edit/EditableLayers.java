package dev.engram.encoders.edit;

import dev.engram.encoders.edit.EditableLayer.Norm;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.StateSpec;
import dev.engram.encoders.network.StateSpec.Role;
import dev.engram.encoders.network.Tap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The layers of a network whose units can be edited, in forward order, read off the graph that its definition records. */
public final class EditableLayers {
    private static final Set<Tap.Kind> NORMS = Set.of(Tap.Kind.BATCH_NORM, Tap.Kind.GROUP_NORM, Tap.Kind.LAYER_NORM);
    private static final Set<Tap.Kind> ACTIVATIONS = Set.of(Tap.Kind.RELU, Tap.Kind.GELU);

    private final StateLayout layout;
    private final List<EditableLayer> all;

    private EditableLayers(StateLayout layout) {
        this.layout = layout;
        this.all = layout.taps().stream()
                .filter(tap -> tap.kind() == Tap.Kind.CONV || tap.kind() == Tap.Kind.LINEAR)
                .map(this::layer)
                .toList();
    }

    /** Those of a network. Takes milliseconds and needs no weights. */
    public static EditableLayers of(Network network) {
        return new EditableLayers(StateLayout.of(network));
    }

    /** Every convolution and every fully connected layer. */
    public List<EditableLayer> all() {
        return all;
    }

    /**
     * What "all layers" means unless it is said otherwise: the convolutions; in a transformer the two fully connected layers around each GELU;
     * in a network that has neither, every fully connected layer.
     */
    public List<EditableLayer> usual() {
        boolean transforms = layout.taps().stream().anyMatch(Tap::isTokens);
        List<EditableLayer> usual = all.stream()
                .filter(layer -> transforms ? isAroundGelu(layer) : layer.kind() == Tap.Kind.CONV)
                .toList();
        return usual.isEmpty() ? all : usual;
    }

    /**
     * The layers of these paths, in forward order; {@link #usual} if there are none.
     *
     * @throws IllegalArgumentException naming every path that is no such layer, or is named twice, and those there are
     */
    public List<EditableLayer> named(List<String> paths) {
        if (paths.isEmpty()) {
            return usual();
        }
        List<String> known = all.stream().map(EditableLayer::path).toList();
        Set<String> unknown = new LinkedHashSet<>(paths);
        known.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("there is no convolution or fully connected layer %s; there are %s"
                    .formatted(String.join(", ", unknown), String.join(", ", known)));
        }
        if (Set.copyOf(paths).size() < paths.size()) {
            throw new IllegalArgumentException("names a layer twice: " + String.join(", ", paths));
        }
        return all.stream().filter(layer -> paths.contains(layer.path())).toList();
    }

    /**
     * What is exchanged as one under each of these paths, in forward order: a layer, or a module with all below it; the {@link #usual} layers if
     * there are none.
     *
     * @throws IllegalArgumentException naming every path that has no layer, and every one that lies within another or is named twice
     */
    public List<ExchangePart> parts(List<String> paths) {
        if (paths.isEmpty()) {
            return usual().stream().map(ExchangePart::of).toList();
        }
        Map<String, ExchangePart> parts = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (String path : paths) {
            ExchangePart part = part(path);
            if (part.layers().isEmpty()) {
                problems.add("there is no layer or module %s with weights".formatted(path));
            } else if (parts.putIfAbsent(path, part) != null) {
                problems.add("names %s twice".formatted(path));
            }
        }
        for (ExchangePart outer : parts.values()) {
            parts.keySet().stream()
                    .filter(path -> !path.equals(outer.path()) && outer.contains(path))
                    .forEach(path -> problems.add("%s lies within %s".formatted(path, outer.path())));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("%s; there are %s, and the modules that hold them".formatted(
                    String.join(", ", problems), all.stream().map(EditableLayer::path).collect(Collectors.joining(", "))));
        }
        return parts.values().stream()
                .sorted(Comparator.comparingInt(part -> all.indexOf(part.layers().getFirst())))
                .toList();
    }

    private ExchangePart part(String path) {
        return all.stream()
                .filter(layer -> layer.path().equals(path))
                .findFirst()
                .map(ExchangePart::of)
                .orElseGet(() -> new ExchangePart(
                        path,
                        all.stream().filter(layer -> layer.path().startsWith(path + ".")).toList(),
                        layout.state().stream().map(StateSpec::name).filter(name -> name.startsWith(path + ".")).toList()));
    }

    private EditableLayer layer(Tap tap) {
        Optional<Tap> norm = reader(tap.path(), NORMS);
        Optional<Tap> activation = reader(norm.map(Tap::path).orElse(tap.path()), ACTIVATIONS);
        return new EditableLayer(
                tap.path(), tap.kind(), tap.units(), names(tap.path(), Role.PARAMETER), norm.map(this::norm), activation.map(Tap::path));
    }

    private Norm norm(Tap tap) {
        return new Norm(
                tap.path(),
                tap.kind() != Tap.Kind.BATCH_NORM,
                names(tap.path(), Role.PARAMETER),
                names(tap.path(), Role.BUFFER));
    }

    /** Only where nothing else reads the same value: a normalization beside a shortcut is not the layer's own. */
    private Optional<Tap> reader(String path, Set<Tap.Kind> kinds) {
        List<Tap> readers = layout.readersOf(path);
        return readers.size() == 1 && kinds.contains(readers.getFirst().kind()) ? Optional.of(readers.getFirst()) : Optional.empty();
    }

    private boolean isAroundGelu(EditableLayer layer) {
        boolean before = layout.readersOf(layer.path()).stream().anyMatch(tap -> tap.kind() == Tap.Kind.GELU);
        return before || layout.links().stream()
                .anyMatch(link -> link.to().equals(layer.path()) && layout.tap(link.from()).kind() == Tap.Kind.GELU);
    }

    private List<String> names(String path, Role role) {
        List<String> names = new ArrayList<>();
        for (StateSpec spec : layout.state()) {
            int dot = spec.name().lastIndexOf('.');
            if (spec.role() == role && dot >= 0 && spec.name().substring(0, dot).equals(path)) {
                names.add(spec.name());
            }
        }
        return names;
    }
}
