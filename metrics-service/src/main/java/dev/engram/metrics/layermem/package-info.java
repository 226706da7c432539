/**
 * SSLMem, LayerMem and ΔLayerMem on numbers: distances between views in, scores, intervals and tests out. What makes the
 * distances is {@code dev.engram.metrics.measure}.
 */
package dev.engram.metrics.layermem;
