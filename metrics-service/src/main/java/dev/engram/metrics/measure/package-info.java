/**
 * From images to the numbers that {@code layermem} and {@code unitmem} take: views of a block of images go through an encoder
 * once, and every layer is reduced where it arises, so that neither activations nor a second pass are ever needed.
 */
package dev.engram.metrics.measure;
