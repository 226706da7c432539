package dev.engram.encoders.optim;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.StateSpec;
import java.util.List;

/** A rule that changes parameters by their gradients. */
public interface Optimizer {
    /** Name in the program of the list of parameters. */
    String PARAMETERS = "p";
    /** Name in the program of the list of gradients, contiguous; replaced by a new list, never changed in place. */
    String GRADIENTS = "g";
    /** Name in the program of the list of {@link #state}. */
    String STATE = "s";
    /** Name in the program of {@link OptimizerRates#learningRate}, a float. */
    String LEARNING_RATE = "lr";
    /** Name in the program of {@link OptimizerRates#weightDecay}, a float. */
    String WEIGHT_DECAY = "wd";
    /** Name in the program of {@link OptimizerRates#momentum}, a float. */
    String MOMENTUM = "mu";
    /** The program's arguments that hold {@link OptimizerRates}, in its order. */
    String RATES = "lr: float, wd: float, mu: float";

    /** Stable name, as specs and manifests write it, such as {@code adam}. */
    String name();

    /** Weight decay where no schedule says otherwise, at least 0. */
    double weightDecay();

    /** Momentum (Adam: β₁) where no schedule says otherwise, in [0, 1). */
    double momentum();

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
     * @throws IllegalArgumentException if its rules name a parameter that is not there
     */
    void step(ProgramText text, List<StateSpec> parameters);

    /** The rates of a step at this learning rate, everything else as the optimizer has it. */
    default OptimizerRates rates(double learningRate) {
        return new OptimizerRates(learningRate, weightDecay(), momentum());
    }
}
