/**
 * UnitMem on numbers: mean activations of images in, scores of units out; mergeable, so that any division of the images into
 * shards gives the same bits. What makes the activations is {@code dev.engram.metrics.measure}.
 */
package dev.engram.metrics.unitmem;
