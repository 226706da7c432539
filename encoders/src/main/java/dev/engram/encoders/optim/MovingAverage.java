package dev.engram.encoders.optim;

import dev.engram.encoders.engine.ProgramText;

/** The moving average of weights, average ← m · average + (1 − m) · weight; buffers are copied, as PyTorch's averaged model does. */
public final class MovingAverage {
    private MovingAverage() {}

    /**
     * Writes one update into a program, which changes the averages in place.
     *
     * @param averages names of the lists of averaged parameters and buffers
     * @param current names of the lists of current parameters and buffers
     * @param momentum name of m, a float
     */
    public static void update(ProgramText text, Lists averages, Lists current, String momentum) {
        follow(text, averages.parameters(), current.parameters(), momentum);
        text.line("ops.aten._foreach_copy_(%s, %s, False)", averages.buffers(), current.buffers());
    }

    /**
     * Writes one update of a list of averages by a list of current tensors, which changes the averages in place.
     *
     * @param averages name of the list that follows
     * @param current name of the list that is followed
     * @param momentum name of m, a float
     */
    public static void follow(ProgramText text, String averages, String current, String momentum) {
        text.line("ops.aten._foreach_lerp_(%s, %s, torch.sub(1., %s))", averages, current, momentum);
    }

    /** Names of two lists in a program. */
    public record Lists(String parameters, String buffers) {}
}
