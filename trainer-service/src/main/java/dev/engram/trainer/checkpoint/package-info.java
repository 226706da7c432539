/**
 * Checkpoints in and out: looking into files of weights, importing encoders, saying what an encoder is, comparing and exporting. The science
 * is in {@code dev.engram.encoders.importing} and {@code dev.engram.encoders.checkpoint}; no engine is started here but by the import's worker.
 */
package dev.engram.trainer.checkpoint;
