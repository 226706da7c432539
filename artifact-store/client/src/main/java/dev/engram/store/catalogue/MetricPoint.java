package dev.engram.store.catalogue;

import java.util.Objects;

/**
 * One figure of a run.
 *
 * @param step when, in the run's own count (optimizer steps for training)
 * @param name which series, for example {@code loss}
 */
public record MetricPoint(String name, long step, double value) {

    public MetricPoint {
        Objects.requireNonNull(name, "name");
    }
}
