/** Probes: how well classes can be read from an encoder's frozen features. */
package dev.engram.trainer.probe;
