/**
 * Named state and its files: {@link dev.engram.encoders.checkpoint.StateDict}, safetensors, checkpoints. What belongs here
 * knows tensors and bytes; it knows neither networks nor training.
 */
package dev.engram.encoders.checkpoint;
