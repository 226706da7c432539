package dev.engram.encoders.checkpoint.pickle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** A dictionary, entries in the order they were set. Compared by identity, so that it may hold itself. */
public final class PickleDict {
    private final List<Object> keys = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    /** Appends an entry; of equal keys the last one counts. */
    public void put(Object key, Object value) {
        keys.add(key);
        values.add(value);
    }

    /** The entries in order; a key that was set again comes again. */
    public void forEach(BiConsumer<Object, Object> action) {
        for (int i = 0; i < keys.size(); i++) {
            action.accept(keys.get(i), values.get(i));
        }
    }

    public int size() {
        return keys.size();
    }

    /** What was last set under a text, or null. */
    public Object get(String key) {
        for (int i = keys.size() - 1; i >= 0; i--) {
            if (key.equals(keys.get(i))) {
                return values.get(i);
            }
        }
        return null;
    }
}
