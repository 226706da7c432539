package dev.engram.trainer.recipe;

import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.TrainingRecipe;
import java.util.List;

/** What must hold for a recipe, as it comes from a user: unset fields are fine, they have defaults. */
public final class RecipeRules {
    private static final int MOST_EPOCHS = 1_000_000;
    private static final int LARGEST_BATCH = 65_536;
    private static final int WIDEST_LAYER = 65_536;
    private static final int MOST_PROJECTOR_LAYERS = 8;

    private final TrainingRecipe recipe;
    private final String path;
    private final FieldViolations violations;

    private RecipeRules(TrainingRecipe recipe, String path, FieldViolations violations) {
        this.recipe = recipe;
        this.path = path;
        this.violations = violations;
    }

    /**
     * Reports every field that cannot be meant.
     *
     * @param path of the recipe in the request, e.g. {@code spec.recipe}
     */
    public static void check(TrainingRecipe recipe, String path, FieldViolations violations) {
        RecipeRules rules = new RecipeRules(recipe, path, violations);
        rules.checkNames();
        rules.checkShapes();
        rules.checkRates();
        rules.checkDuration();
    }

    /**
     * Reports a batch that is larger than the training data.
     *
     * @param images training images of one encoder: shared and candidate, or shared and independent
     */
    public static void checkBatch(TrainingRecipe recipe, int images, String path, FieldViolations violations) {
        int batch = recipe.getBatchSize() == 0 ? RecipeDefaults.BATCH_SIZE : recipe.getBatchSize();
        violations.require(
                batch <= images,
                path + ".batch_size",
                "must be at most the %d training images of an encoder, is %d%s"
                        .formatted(images, batch, recipe.getBatchSize() == 0 ? " by default" : ""));
    }

    private void checkNames() {
        checkName("network", recipe.getNetwork(), RecipeVocabulary.NETWORKS);
        checkName("objective", recipe.getObjective(), RecipeVocabulary.OBJECTIVES);
        checkName("optimizer", recipe.getOptimizer(), RecipeVocabulary.OPTIMIZERS);
        checkName("augmentation", recipe.getAugmentation(), RecipeVocabulary.AUGMENTATIONS);
    }

    private void checkShapes() {
        int batch = recipe.getBatchSize();
        require(
                batch == 0 || batch >= 2 && batch <= LARGEST_BATCH,
                "batch_size",
                "must be 2 to %d, is %d".formatted(LARGEST_BATCH, batch));
        require(
                recipe.getProjectorCount() <= MOST_PROJECTOR_LAYERS,
                "projector",
                "must have at most %d layers, has %d".formatted(MOST_PROJECTOR_LAYERS, recipe.getProjectorCount()));
        for (int i = 0; i < recipe.getProjectorCount(); i++) {
            int width = recipe.getProjector(i);
            require(
                    width >= 1 && width <= WIDEST_LAYER,
                    "projector[%d]".formatted(i),
                    "must be 1 to %d, is %d".formatted(WIDEST_LAYER, width));
        }
    }

    private void checkRates() {
        if (recipe.hasTemperature()) {
            requirePositive("temperature", recipe.getTemperature());
        }
        if (recipe.hasLearningRate()) {
            requirePositive("learning_rate", recipe.getLearningRate());
        }
        double decay = recipe.getWeightDecay();
        require(decay >= 0 && Double.isFinite(decay), "weight_decay", "must be at least 0 and finite, is " + decay);
        double momentum = recipe.getEmaMomentum();
        require(momentum >= 0 && momentum < 1, "ema_momentum", "must be 0 (none) or in (0, 1), is " + momentum);
    }

    private void checkDuration() {
        int epochs = recipe.getEpochs();
        require(
                epochs >= 1 && epochs <= MOST_EPOCHS, "epochs", "must be 1 to %d, is %d".formatted(MOST_EPOCHS, epochs));
        double warmup = recipe.getWarmupEpochs();
        require(warmup >= 0, "warmup_epochs", "must be at least 0, is " + warmup);
        if (epochs >= 1) {
            require(warmup < epochs, "warmup_epochs", "must be less than epochs (%d), is %s".formatted(epochs, warmup));
        }
        if (recipe.hasResumePointSteps()) {
            long steps = recipe.getResumePointSteps();
            require(steps >= 1, "resume_point_steps", "must be at least 1, is " + steps);
        }
    }

    private void checkName(String field, String name, List<String> known) {
        require(
                name.isEmpty() || known.contains(name),
                field,
                "must be one of %s, is \"%s\"".formatted(String.join(", ", known), name));
    }

    private void requirePositive(String field, double value) {
        require(value > 0 && Double.isFinite(value), field, "must be greater than 0 and finite, is " + value);
    }

    private void require(boolean holds, String field, String description) {
        violations.require(holds, path + "." + field, description);
    }
}
