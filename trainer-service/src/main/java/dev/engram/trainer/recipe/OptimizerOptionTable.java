package dev.engram.trainer.recipe;

import dev.engram.v1.OptimizerOptions;
import java.util.List;
import java.util.Set;

/** What each optimizer can be told. Defaults are PyTorch's; LARS's those of self-supervised practice. */
final class OptimizerOptionTable {
    private static final Set<String> ALL = Set.of();
    private static final Set<String> SGD = Set.of("sgd");
    private static final Set<String> LARS = Set.of("lars");
    private static final Set<String> WITH_VELOCITY = Set.of("sgd", "lars");
    private static final Set<String> ADAMS = Set.of("adam", "adamw");

    static final OptionTable TABLE = new OptionTable(OptimizerOptions.getDescriptor(), List.of(
            OptionField.number("momentum", WITH_VELOCITY, Range.upTo(0, 1), 0.9, "How much of the velocity a step keeps."),
            OptionField.flag("nesterov", SGD, false, "Looks ahead along the velocity."),
            OptionField.number("beta1", ADAMS, Range.upTo(0, 1), 0.9, "Decay of the mean of gradients."),
            OptionField.number("beta2", ADAMS, Range.upTo(0, 1), 0.999, "Decay of the mean of squared gradients."),
            OptionField.number("eps", ADAMS, Range.above(0), 1e-8, "Added to the root of the mean of squares."),
            OptionField.number("trust_coefficient", LARS, Range.above(0), 0.001, "Factor of the ratio of norms."),
            OptionField.dependent("final_weight_decay", ALL, Range.atLeast(0),
                    "Where weight decay ends, along half a cosine; the weight decay itself if not set."),
            OptionField.number("clip_norm", ALL, Range.atLeast(0), 0, "Largest global norm of the gradient; 0 clips nothing."),
            OptionField.flag("clip_each", ALL, false, "Clips each parameter's gradient by its own norm, as DINO's code does."),
            OptionField.flag("decay_vectors", ALL, false, "Decays biases and normalization parameters too."),
            OptionField.names("undecayed", ALL, "Further parameters that are not decayed, by name or beginning up to a dot."),
            OptionField.number("vector_rate", ALL, Range.above(0), 1,
                    "Learning rate of biases and normalization parameters by that of weights."),
            OptionField.names("fixed_rate", ALL,
                    "Parameters whose learning rate stays at the peak, by name or beginning up to a dot (SimSiam: heads.predictor.).")));

    private OptimizerOptionTable() {}
}
