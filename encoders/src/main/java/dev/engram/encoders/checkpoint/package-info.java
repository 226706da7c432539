/**
 * Named state and its files: {@link dev.engram.encoders.checkpoint.StateDict}, safetensors, checkpoints; and files that others wrote:
 * {@link dev.engram.encoders.checkpoint.WeightsFile}, which trusts nothing. What belongs here
 * knows tensors and bytes; it knows neither networks nor training.
 */
package dev.engram.encoders.checkpoint;
