package dev.engram.trainer.training;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.method.JointEmbedding;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.objective.Objective;
import dev.engram.encoders.objective.SimClr;
import dev.engram.encoders.optim.Adam;
import dev.engram.encoders.optim.EmaSchedule;
import dev.engram.encoders.optim.Lars;
import dev.engram.encoders.optim.Optimizer;
import dev.engram.encoders.optim.OptimizerSchedule;
import dev.engram.encoders.optim.WarmupCosine;
import dev.engram.encoders.train.TrainingPlan;
import dev.engram.encoders.train.TrainingStep;
import dev.engram.v1.TrainingRecipe;
import java.util.Map;

/** From the words of a recipe, every default filled in, to the objects of the engine. */
final class RecipeParts {
    private static final int CHANNELS = 3;
    private static final double FINAL_RATE = 0.001;

    private final TrainingRecipe recipe;
    private final int side;

    /** @param side height and width of the images */
    RecipeParts(TrainingRecipe recipe, int side) {
        this.recipe = recipe;
        this.side = side;
    }

    Network encoder() {
        return Networks.encoder(recipe.getNetwork(), CHANNELS, side);
    }

    ProjectedEncoder model() {
        return new ProjectedEncoder(encoder(), new Projector(recipe.getProjectorList()));
    }

    AugmentationRecipe augmentation() {
        return AugmentationRecipe.named(recipe.getAugmentation());
    }

    Objective objective() {
        return switch (recipe.getObjective()) {
            case "simclr" -> new SimClr(recipe.getTemperature());
            default -> throw unknown("objective", recipe.getObjective());
        };
    }

    Optimizer optimizer() {
        return switch (recipe.getOptimizer()) {
            case "adam" -> Adam.of(recipe.getWeightDecay());
            case "lars" -> Lars.of(recipe.getWeightDecay());
            default -> throw unknown("optimizer", recipe.getOptimizer());
        };
    }

    TrainingStep step() {
        return TrainingStep.of(new JointEmbedding(model(), objective()), optimizer(), recipe.getEmaMomentum() > 0);
    }

    /** @param images in the training set, at least the batch size */
    TrainingPlan plan(int images) {
        int stepsPerEpoch = images / recipe.getBatchSize();
        long total = (long) stepsPerEpoch * recipe.getEpochs();
        long warmup = Math.round(recipe.getWarmupEpochs() * stepsPerEpoch);
        return new TrainingPlan(
                recipe.getSeed(),
                images,
                recipe.getBatchSize(),
                recipe.getEpochs(),
                OptimizerSchedule.of(new WarmupCosine(recipe.getLearningRate(), warmup, total, FINAL_RATE)),
                Map.of(TrainingStep.MOMENTUM, EmaSchedule.constant(recipe.getEmaMomentum())));
    }

    private static IllegalArgumentException unknown(String field, String name) {
        return new IllegalArgumentException(field + ": \"" + name + "\" is not known");
    }
}
