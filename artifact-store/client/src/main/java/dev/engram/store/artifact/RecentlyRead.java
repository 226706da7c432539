package dev.engram.store.artifact;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The last few things read of immutable artifacts, by artifact id. Thread-safe; two threads may read the same at once. */
public final class RecentlyRead<T> {
    private final Map<String, T> kept;

    /** @param most kept; the one that was used longest ago goes first */
    public RecentlyRead(int most) {
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > most;
            }
        };
    }

    /** What is kept of this artifact, or else what {@code read} makes of it. */
    public T get(String id, Function<String, T> read) {
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
