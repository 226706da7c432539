/**
 * How alike two encoders represent the same images: centered kernel alignment of every layer of one with every layer of the
 * other, from batches that are forgotten once they are summed.
 */
package dev.engram.metrics.cka;
