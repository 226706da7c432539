package dev.engram.encoders.optim;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.StateSpec;
import java.util.List;

/** A rule that changes parameters by their gradients. */
public interface Optimizer {
    /** Stable name, as specs and manifests write it, such as {@code adam}. */
    String name();

    /**
     * What it remembers between steps, for these parameters: named {@code slot.parameter} as in
     * {@code exp_avg.prep.conv.weight}, all of one slot together.
     */
    List<StateSpec> state(List<StateSpec> parameters);

    /**
     * Writes one step into a program, which changes parameters and state in place, outside of gradient recording.
     *
     * @param text receives the lines
     * @param parameters the parameters, in the order of all lists
     */
    void step(ProgramText text, List<StateSpec> parameters);

    /** Name in the program of the list of parameters. */
    String PARAMETERS = "p";
    /** Name in the program of the list of gradients, contiguous. */
    String GRADIENTS = "g";
    /** Name in the program of the list of {@link #state}. */
    String STATE = "s";
    /** Name in the program of the learning rate, a float. */
    String LEARNING_RATE = "lr";
}
