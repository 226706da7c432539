/**
 * What is done to encoders: edits that make new ones, and sweeps over edits with the probes that tell what each one cost. Holds specs, runs and
 * files; how a state is changed is in {@link dev.engram.encoders.edit}, how features are probed in {@link dev.engram.encoders.eval}.
 */
package dev.engram.metrics.intervention;
