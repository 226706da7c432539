package dev.engram.metrics.result;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The last few things read of immutable artifacts, by artifact id. Thread-safe; two threads may read the same at once. */
final class RecentlyRead<T> {
    private final Map<String, T> kept;

    RecentlyRead(int most) {
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > most;
            }
        };
    }

    T get(String id, Function<String, T> read) {
        synchronized (kept) {
            T known = kept.get(id);
            if (known != null) {
                return known;
            }
        }
        T made = read.apply(id);
        synchronized (kept) {
            kept.put(id, made);
        }
        return made;
    }
}
