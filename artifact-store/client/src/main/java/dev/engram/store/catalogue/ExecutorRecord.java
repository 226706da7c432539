package dev.engram.store.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A process that executes runs.
 *
 * @param name host:pid
 * @param kinds of the runs it executes, sorted
 * @param devices what its workers compute on, for people: {@code cpu}, {@code cuda:0 (NVIDIA H200)}
 * @param slots workers it may have at the same time
 * @param busySlots workers it has
 * @param seenAt when it last said that it is there, by the database server's clock
 */
public record ExecutorRecord(String name, List<String> kinds, List<String> devices, int slots, int busySlots, Instant seenAt) {

    public ExecutorRecord {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(seenAt, "seenAt");
        kinds = List.copyOf(kinds);
        devices = List.copyOf(devices);
    }
}
