package dev.engram.encoders.network;

/**
 * One layer reads another's output.
 *
 * @param from path of the tap that is read
 * @param to path of the layer's own tap
 */
public record Link(String from, String to) {}
