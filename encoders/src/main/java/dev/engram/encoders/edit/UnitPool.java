package dev.engram.encoders.edit;

/** What a share of units is a share of. */
public enum UnitPool {
    /** The units of each layer. */
    PER_LAYER,
    /** All units of all layers that are considered. */
    TOTAL
}
