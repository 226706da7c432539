package dev.engram.encoders.checkpoint;

import dev.engram.encoders.checkpoint.pickle.PickleDict;
import dev.engram.encoders.checkpoint.pickle.PickleObject;
import dev.engram.encoders.checkpoint.pickle.PickleSequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * Finds the states in what a pickle holds: every dictionary with tensors under texts, wherever it is; and whole pickled modules,
 * whose tensors are named by the path of their attributes. Dictionaries under numbers are skipped: those are an optimizer's.
 */
final class StateFinder {
    private static final int DEEPEST = 64;
    private static final String PARAMETERS = "_parameters";
    private static final String BUFFERS = "_buffers";
    private static final String MODULES = "_modules";

    private final Function<TorchStorage, StoredBytes> storages;
    private final MemoryBudget budget;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<StoredState> states = new ArrayList<>();

    /** @param storages finds the bytes of a storage; throws if they are not there or too few */
    private StateFinder(Function<TorchStorage, StoredBytes> storages, MemoryBudget budget) {
        this.storages = storages;
        this.budget = budget;
    }

    static List<StoredState> find(Object root, Function<TorchStorage, StoredBytes> storages, MemoryBudget budget) {
        StateFinder finder = new StateFinder(storages, budget);
        finder.walk("", root, 0);
        return List.copyOf(finder.states);
    }

    private void walk(String path, Object value, int depth) {
        if (depth > DEEPEST || !seen.add(value)) {
            return;
        }
        switch (value) {
            case PickleDict dict -> dictionary(path, dict, depth);
            case PickleObject object when object.state().isPresent() -> {
                SequencedMap<String, StoredTensor> tensors = new LinkedHashMap<>();
                module("", object.state().get(), tensors, depth);
                if (!tensors.isEmpty()) {
                    states.add(new StoredState(path, tensors, 0));
                }
            }
            case PickleObject object -> dictionary(path, object.items(), depth);
            case PickleSequence sequence -> {
                for (int i = 0; i < sequence.items().size(); i++) {
                    if (isContainer(sequence.items().get(i))) {
                        walk(below(path, Integer.toString(i)), sequence.items().get(i), depth + 1);
                    }
                }
            }
            default -> { }
        }
    }

    private void dictionary(String path, PickleDict dict, int depth) {
        SequencedMap<String, StoredTensor> tensors = new LinkedHashMap<>();
        int[] others = {0};
        dict.forEach((key, value) -> {
            if (key instanceof String name && value instanceof TorchView view) {
                add(tensors, name, view);
            } else if (key instanceof String name && isContainer(value)) {
                walk(below(path, name), value, depth + 1);
            } else {
                others[0]++;
            }
        });
        if (!tensors.isEmpty()) {
            states.add(new StoredState(path, tensors, others[0]));
        }
    }

    /** A pickled {@code nn.Module}, or the object of a TorchScript archive, whose attributes are its tensors and modules themselves. */
    private void module(String prefix, PickleDict attributes, SequencedMap<String, StoredTensor> tensors, int depth) {
        if (depth > DEEPEST || !seen.add(attributes)) {
            return;
        }
        attributes.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                return;
            }
            boolean group = name.equals(PARAMETERS) || name.equals(BUFFERS) || name.equals(MODULES);
            if (group && (value instanceof PickleDict || value instanceof PickleObject)) {
                module(prefix, value instanceof PickleDict dict ? dict : ((PickleObject) value).items(), tensors, depth + 1);
            } else if (value instanceof TorchView view) {
                add(tensors, prefix + name, view);
            } else if (value instanceof PickleObject object && object.state().isPresent() && seen.add(object)) {
                module(prefix + name + ".", object.state().get(), tensors, depth + 1);
            }
        });
    }

    private void add(SequencedMap<String, StoredTensor> tensors, String name, TorchView view) {
        budget.charge(256 + 2L * name.length(), 0);
        tensors.put(name, new StoredTensor(name, view.type(), view.offset(), view.shape(), view.strides(), storages.apply(view.storage())));
    }

    private static boolean isContainer(Object value) {
        return value instanceof PickleDict || value instanceof PickleObject || value instanceof PickleSequence;
    }

    private String below(String path, String name) {
        String below = path.isEmpty() ? name : path + "." + name;
        budget.charge(2L * below.length(), 0);
        return below;
    }
}
