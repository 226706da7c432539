package dev.engram.trainer.training;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.method.JointEmbedding;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.objective.Objective;
import dev.engram.encoders.objective.SimClr;
import dev.engram.encoders.optim.OptimizerSchedule;
import dev.engram.encoders.train.TrainingPlan;
import dev.engram.encoders.train.TrainingStep;
import dev.engram.v1.TrainingRecipe;
import java.util.Map;
import java.util.Optional;

/** From the words of a recipe, every default filled in, to the objects of the engine. */
final class RecipeParts {
    private static final int CHANNELS = 3;

    private final TrainingRecipe recipe;
    private final int side;

    /** @param side height and width of the images */
    RecipeParts(TrainingRecipe recipe, int side) {
        this.recipe = recipe;
        this.side = side;
    }

    Network encoder() {
        return Networks.encoder(recipe.getNetwork(), CHANNELS, side, recipe.getNetworkOptionsMap());
    }

    ProjectedEncoder model() {
        return new ProjectedEncoder(encoder(), new Projector(recipe.getProjectorList()));
    }

    AugmentationRecipe augmentation() {
        return RecipeAugmentation.of(recipe);
    }

    Objective objective() {
        return switch (recipe.getObjective()) {
            case "simclr" -> new SimClr(recipe.getTemperature());
            default -> throw unknown("objective", recipe.getObjective());
        };
    }

    TrainingStep step() {
        return TrainingStep.of(
                new JointEmbedding(model(), objective()), RecipeOptimizer.of(recipe), recipe.getEmaMomentum() > 0);
    }

    /** Probes while training, if the recipe wants some; there is a split then. */
    Optional<OnlineProber> prober(TrainingImages training, int threads) {
        return recipe.hasOnlineProbes()
                ? Optional.of(new OnlineProber(
                        recipe.getOnlineProbes(),
                        model(),
                        augmentation().normalization(),
                        training.images(),
                        training.split().orElseThrow(() -> new IllegalArgumentException("online_probes: needs a split")),
                        recipe.getSeed(),
                        threads))
                : Optional.empty();
    }

    /** @param images in the training set, at least the batch size */
    TrainingPlan plan(int images) {
        RecipeSchedules schedules = new RecipeSchedules(recipe, images / recipe.getBatchSize());
        return new TrainingPlan(
                recipe.getSeed(),
                images,
                recipe.getBatchSize(),
                recipe.getEpochs(),
                new OptimizerSchedule(schedules.learningRate(), schedules.weightDecay(), schedules.momentum()),
                Map.of(TrainingStep.MOMENTUM, schedules.averageMomentum()));
    }

    private static IllegalArgumentException unknown(String field, String name) {
        return new IllegalArgumentException(field + ": \"" + name + "\" is not known");
    }
}
