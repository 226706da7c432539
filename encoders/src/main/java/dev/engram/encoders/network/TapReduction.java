package dev.engram.encoders.network;

import dev.engram.encoders.engine.ProgramText;

/**
 * What of an activation leaves the forward pass. Runs inside it, right after the layer, so that the activation is still near and
 * is freed at once. Must be equal by value: a record or an enum.
 */
@FunctionalInterface
public interface TapReduction {
    /**
     * Writes the reduction into the program.
     *
     * @param tap where it is applied
     * @param activation name of its value: {@code [N, C, H, W]}, usually channels-last in memory, or {@code [N, D]}. Must not be
     *     changed in place
     * @return name of the reduced value, a tensor
     */
    String write(Tap tap, String activation, ProgramText text);

    /**
     * Whether the reduced value may lie in the activation's own memory. Where it does not, the network may write over the activation as soon as
     * it has been reduced, as it does where nothing is read.
     */
    default boolean mayAlias() {
        return true;
    }
}
