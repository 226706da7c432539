package dev.engram.trainer.training;

import dev.engram.encoders.optim.Adam;
import dev.engram.encoders.optim.ClippedGradient;
import dev.engram.encoders.optim.FixedRate;
import dev.engram.encoders.optim.Lars;
import dev.engram.encoders.optim.Optimizer;
import dev.engram.encoders.optim.ParameterRules;
import dev.engram.encoders.optim.Sgd;
import dev.engram.v1.OptimizerOptions;
import dev.engram.v1.TrainingRecipe;

/** The optimizer of a recipe, every default filled in. */
final class RecipeOptimizer {
    private RecipeOptimizer() {}

    static Optimizer of(TrainingRecipe recipe) {
        OptimizerOptions options = recipe.getOptimizerOptions();
        Optimizer optimizer = plain(recipe, options);
        return options.getClipNorm() > 0 ? new ClippedGradient(optimizer, options.getClipNorm(), options.getClipEach()) : optimizer;
    }

    private static Optimizer plain(TrainingRecipe recipe, OptimizerOptions options) {
        double decay = recipe.getWeightDecay();
        FixedRate fixed = options.getFixedRateCount() == 0
                ? FixedRate.NONE
                : new FixedRate(options.getFixedRateList(), recipe.getLearningRate());
        ParameterRules rules = new ParameterRules(
                options.getDecayVectors(), options.getUndecayedList(), options.getVectorRate(), fixed);
        return switch (recipe.getOptimizer()) {
            case "adam" -> adam(options, decay, false, rules);
            case "adamw" -> adam(options, decay, true, rules);
            case "sgd" -> new Sgd(options.getMomentum(), options.getNesterov(), decay, rules);
            case "lars" -> new Lars(options.getMomentum(), decay, options.getTrustCoefficient(), rules);
            default -> throw new IllegalArgumentException("optimizer: \"" + recipe.getOptimizer() + "\" is not known");
        };
    }

    private static Adam adam(OptimizerOptions options, double decay, boolean decoupled, ParameterRules rules) {
        return new Adam(options.getBeta1(), options.getBeta2(), options.getEps(), decay, decoupled, rules);
    }
}
