package dev.engram.trainer.recipe;

import dev.engram.encoders.network.NetworkFamily;
import dev.engram.encoders.network.NetworkOption;
import dev.engram.encoders.network.Networks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.TrainingRecipe;
import java.util.TreeMap;

/** What must hold for a recipe, as it comes from a user: unset fields are fine, they have defaults. */
public final class RecipeRules {
    /** The hyper-parameter that has a field of its own too. */
    static final String TEMPERATURE = "temperature";

    private static final int MOST_EPOCHS = 1_000_000;
    private static final int LARGEST_BATCH = 65_536;

    private RecipeRules() {}

    /**
     * Reports every field that cannot be meant.
     *
     * @param path of the recipe in the request, e.g. {@code spec.recipe}
     */
    public static void check(TrainingRecipe recipe, String path, FieldViolations violations) {
        RuledRecipe ruled = new RuledRecipe(recipe, path, violations);
        checkNetwork(ruled);
        ObjectiveRules.check(ruled);
        ruled.requireName("optimizer", recipe.getOptimizer(), RecipeVocabulary.OPTIMIZERS);
        ruled.requireName("precision", recipe.getPrecision(), RecipeVocabulary.PRECISIONS);
        checkSize(ruled);
        RateRules.check(ruled);
        WatchRules.checkProbes(ruled);
        WatchRules.checkAttack(ruled);
        WatchRules.checkPrivacy(ruled);
    }

    /**
     * Reports a batch that is larger than the training data.
     *
     * @param images training images of one encoder
     */
    public static void checkBatch(TrainingRecipe recipe, int images, String path, FieldViolations violations) {
        int batch = recipe.getBatchSize() == 0 ? RecipeDefaults.BATCH_SIZE : recipe.getBatchSize();
        violations.require(
                batch <= images,
                path + ".batch_size",
                "must be at most the %d training images of an encoder, is %d%s"
                        .formatted(images, batch, recipe.getBatchSize() == 0 ? " by default" : ""));
    }

    /** Reports probes or attacks while training on a split that has no public images for them. */
    public static void checkProbes(TrainingRecipe recipe, int publicImages, String path, FieldViolations violations) {
        violations.require(
                !recipe.hasOnlineProbes() || publicImages > 0,
                path + ".online_probes",
                "needs a split with a public set to learn from");
        violations.require(
                !recipe.hasOnlineAttack() || publicImages > 0,
                path + ".online_attack",
                "needs a split with a public set, whose images name the crops");
        int k = recipe.getOnlineAttack().getK();
        violations.require(
                publicImages == 0 || k <= publicImages,
                path + ".online_attack.k",
                "must be at most the %d public images of the split, is %d".formatted(publicImages, k));
    }

    private static void checkNetwork(RuledRecipe ruled) {
        TrainingRecipe recipe = ruled.recipe();
        ruled.requireName("network", recipe.getNetwork(), RecipeVocabulary.NETWORKS);
        if (!RecipeVocabulary.NETWORKS.contains(ruled.network())) {
            return;
        }
        NetworkFamily family = Networks.family(ruled.network());
        new TreeMap<>(recipe.getNetworkOptionsMap()).forEach((name, value) -> family.options().stream()
                .filter(option -> option.name().equals(name))
                .findFirst()
                .ifPresentOrElse(
                        option -> ruled.require(
                                option.fits(value),
                                "network_options." + name,
                                "must be %s, is \"%s\"".formatted(option.range(), value)),
                        () -> ruled.refuseOption(
                                "network_options." + name,
                                family.name(),
                                family.options().stream().map(NetworkOption::name).toList())));
    }

    private static void checkSize(RuledRecipe ruled) {
        TrainingRecipe recipe = ruled.recipe();
        int batch = recipe.getBatchSize();
        ruled.require(
                batch == 0 || batch >= 2 && batch <= LARGEST_BATCH,
                "batch_size",
                "must be 2 to %d, is %d".formatted(LARGEST_BATCH, batch));
        int epochs = recipe.getEpochs();
        ruled.require(
                epochs >= 1 && epochs <= MOST_EPOCHS, "epochs", "must be 1 to %d, is %d".formatted(MOST_EPOCHS, epochs));
        if (recipe.hasResumePointSteps()) {
            long steps = recipe.getResumePointSteps();
            ruled.require(steps >= 1, "resume_point_steps", "must be at least 1, is " + steps);
        }
    }
}
