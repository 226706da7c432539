/**
 * Data sets, splits, training of encoders and pairs, probes: the tasks that do it and the gRPC services that start them.
 * The science of networks lives in {@code dev.engram.encoders}; what a run is, in {@code dev.engram.runs}.
 */
package dev.engram.trainer;
