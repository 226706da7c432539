package dev.engram.runs.executor;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** One timer a key, by a monotonic clock. */
final class Timers {
    private final LongSupplier nanoTime;
    private final Map<String, Long> due = new HashMap<>();

    Timers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Starts the key's timer anew. */
    void start(String key, Duration wait) {
        due.put(key, nanoTime.getAsLong() + wait.toNanos());
    }

    /** Starts the key's timer unless it has one. */
    void startIfAbsent(String key, Duration wait) {
        due.putIfAbsent(key, nanoTime.getAsLong() + wait.toNanos());
    }

    boolean isRunning(String key) {
        Long at = due.get(key);
        return at != null && nanoTime.getAsLong() - at < 0;
    }

    boolean isDue(String key) {
        Long at = due.get(key);
        return at != null && nanoTime.getAsLong() - at >= 0;
    }

    /** Keys whose time has come and whose timers were not cleared. */
    List<String> due() {
        return due.keySet().stream().filter(this::isDue).sorted().toList();
    }

    void clear(String key) {
        due.remove(key);
    }

    void retain(Set<String> keys) {
        due.keySet().retainAll(keys);
    }
}
