package dev.engram.metrics.replicates;

import dev.engram.v1.RunSpec;

/** A measure's spec without what may differ between seeds: which pair it is of, how many workers share it, and whose pass. */
final class Settings {
    private Settings() {}

    static RunSpec of(RunSpec spec) {
        RunSpec.Builder settings = spec.toBuilder();
        switch (spec.getTaskCase()) {
            case LAYER_MEM -> settings.getLayerMemBuilder().clearPair().clearShards().clearPass();
            case UNIT_MEM -> settings.getUnitMemBuilder().clearPair().clearShards().clearPass();
            case CLASS_MEM -> settings.getClassMemBuilder().clearPair().clearShards().clearPass();
            case PROBE -> settings.getProbeBuilder().clearPair().clearEncoder();
            case DEJA_VU -> settings.getDejaVuBuilder().clearPair();
            default -> throw new IllegalArgumentException("no replicates of " + spec.getTaskCase());
        }
        return settings.build();
    }
}
