package dev.engram.trainer.recipe;

import dev.engram.v1.TrainingRecipe;
import java.util.List;

/** What a recipe means where it says nothing. A run's spec is stored with all of it filled in. */
public final class RecipeDefaults {
    public static final double TEMPERATURE = 0.5;
    public static final List<Integer> PROJECTOR = List.of(256, 64);
    public static final int BATCH_SIZE = 128;
    public static final double ADAM_LEARNING_RATE = 1e-3;
    public static final double WEIGHT_DECAY = 1e-6;

    /** You, Gitman, Ginsburg 2017, as SimCLR uses it: 0.3 for every 256 images of a batch. */
    private static final double LARS_LEARNING_RATE_PER_256 = 0.3;

    private static final double WARMUP_SHARE = 0.1;

    private static final int FEWEST_RESUME_POINT_STEPS = 100;

    private RecipeDefaults() {}

    /**
     * The same recipe with every field set.
     *
     * @param recipe one that {@link RecipeRules} accepts
     * @param images training images of one encoder, at least the batch size
     */
    public static TrainingRecipe fill(TrainingRecipe recipe, int images) {
        TrainingRecipe.Builder full = fill(recipe).toBuilder();
        if (!full.hasResumePointSteps()) {
            full.setResumePointSteps(resumePointSteps(images / full.getBatchSize()));
        }
        return full.build();
    }

    /** The same recipe with every field set that does not depend on the number of training images. */
    public static TrainingRecipe fill(TrainingRecipe recipe) {
        TrainingRecipe.Builder full = recipe.toBuilder();
        if (recipe.getNetwork().isEmpty()) {
            full.setNetwork(RecipeVocabulary.NETWORKS.getFirst());
        }
        if (recipe.getObjective().isEmpty()) {
            full.setObjective(RecipeVocabulary.OBJECTIVES.getFirst());
        }
        if (!recipe.hasTemperature()) {
            full.setTemperature(TEMPERATURE);
        }
        if (recipe.getProjectorCount() == 0) {
            full.addAllProjector(PROJECTOR);
        }
        if (recipe.getBatchSize() == 0) {
            full.setBatchSize(BATCH_SIZE);
        }
        if (recipe.getOptimizer().isEmpty()) {
            full.setOptimizer(RecipeVocabulary.OPTIMIZERS.getFirst());
        }
        if (!recipe.hasLearningRate()) {
            full.setLearningRate(learningRate(full.getOptimizer(), full.getBatchSize()));
        }
        if (!recipe.hasWeightDecay()) {
            full.setWeightDecay(WEIGHT_DECAY);
        }
        if (!recipe.hasWarmupEpochs()) {
            full.setWarmupEpochs(recipe.getEpochs() * WARMUP_SHARE);
        }
        if (recipe.getAugmentation().isEmpty()) {
            full.setAugmentation(RecipeVocabulary.AUGMENTATIONS.getFirst());
        }
        return full.build();
    }

    /** Whole epochs, and rarely enough that saving costs little beside training. */
    private static long resumePointSteps(int stepsPerEpoch) {
        return (long) Math.ceilDiv(FEWEST_RESUME_POINT_STEPS, stepsPerEpoch) * stepsPerEpoch;
    }

    private static double learningRate(String optimizer, int batch) {
        return optimizer.equals("lars") ? LARS_LEARNING_RATE_PER_256 * Math.max(1, batch) / 256 : ADAM_LEARNING_RATE;
    }
}
