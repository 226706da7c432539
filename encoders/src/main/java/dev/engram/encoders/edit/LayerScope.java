package dev.engram.encoders.edit;

/** Which tensors are meant by a layer. */
public enum LayerScope {
    /** Its weight alone, as the published code of Wang et al. 2024 exchanges them. */
    WEIGHT,
    /** Weight and bias. */
    LAYER,
    /** Weight and bias, and scale, shift and running statistics of the normalization after it. */
    LAYER_AND_NORM
}
