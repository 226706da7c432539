package dev.engram.metrics.layermem;

/**
 * How far apart two views of an image are in a layer (Wang et al. 2024, Table 26). With a zero vector, which has no direction,
 * the cosine counts as 0; two zero vectors are at distance 0.
 */
public enum ViewDistance {
    /** Euclidean: the paper's. */
    L2,
    /** Sum of absolute differences. */
    L1,
    /** 1 - cos, in [0, 2]. */
    COSINE,
    /** arccos(cos) / π, in [0, 1]. (The published code has an arcsine there, which is no distance.) */
    ANGULAR
}
