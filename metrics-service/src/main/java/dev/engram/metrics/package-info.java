/**
 * Where an encoder memorizes: SSLMem, LayerMem and UnitMem (Wang, Dziedzic, Backes, Boenisch, "Localizing Memorization in SSL
 * Vision Encoders", NeurIPS 2024).
 *
 * <p>{@code statistics}, {@code layermem} and {@code unitmem} are arithmetic on Java arrays and know neither engine nor runs;
 * {@code measure} turns images into the numbers they take, all layers in one pass; {@code task} makes runs of them;
 * {@code grpc} is the thin service. Attacks do not belong here.
 */
package dev.engram.metrics;
