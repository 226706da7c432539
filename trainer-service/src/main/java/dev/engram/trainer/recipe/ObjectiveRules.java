package dev.engram.trainer.recipe;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.method.MethodFamily;
import dev.engram.encoders.method.MethodSetting.ViewGroupSize;
import dev.engram.inputs.AugmentationRules;
import dev.engram.v1.TrainingRecipe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What must hold for a recipe's objective, its hyper-parameters, its projector and its views. */
final class ObjectiveRules {
    private static final int WIDEST_LAYER = 1_000_000;
    private static final int MOST_LAYERS = 8;
    private static final String TRANSFORMERS = "vit_";
    /** Any size will do where only the number of views counts. */
    private static final int SOME_SIDE = 32;

    private ObjectiveRules() {}

    static void check(RuledRecipe ruled) {
        TrainingRecipe recipe = ruled.recipe();
        ruled.requireName("objective", recipe.getObjective(), RecipeVocabulary.OBJECTIVES);
        checkWidths(ruled);
        ruled.requireName("projector_style", recipe.getProjectorStyle(), RecipeVocabulary.PROJECTOR_STYLES);
        if (recipe.hasTemperature()) {
            ruled.requirePositive(RecipeRules.TEMPERATURE, recipe.getTemperature());
        }
        Optional<AugmentationRecipe> augmentation = augmentation(ruled);
        Optional<MethodFamily> known = Objectives.find(recipe.getObjective());
        if (known.isEmpty()) {
            return;
        }
        MethodFamily objective = known.get();
        checkOptions(ruled, objective);
        checkTemperature(ruled, objective);
        ruled.require(
                recipe.getProjectorCount() == 0 || objective.takesProjector(),
                "projector",
                objective.name() + " has no projector");
        ruled.require(
                recipe.getProjectorStyle().isEmpty() || objective.style().isPresent(),
                "projector_style",
                objective.name() + (objective.takesProjector() ? " has a head of its own" : " has no projector"));
        checkNetwork(ruled, objective);
        augmentation.ifPresent(views -> checkViews(ruled, objective, views));
    }

    private static void checkWidths(RuledRecipe ruled) {
        TrainingRecipe recipe = ruled.recipe();
        ruled.require(
                recipe.getProjectorCount() <= MOST_LAYERS,
                "projector",
                "must have at most %d layers, has %d".formatted(MOST_LAYERS, recipe.getProjectorCount()));
        for (int i = 0; i < recipe.getProjectorCount(); i++) {
            int width = recipe.getProjector(i);
            ruled.require(
                    width >= 1 && width <= WIDEST_LAYER,
                    "projector[%d]".formatted(i),
                    "must be 1 to %d, is %d".formatted(WIDEST_LAYER, width));
        }
    }

    private static void checkOptions(RuledRecipe ruled, MethodFamily objective) {
        new TreeMap<>(ruled.recipe().getObjectiveOptionsMap()).forEach((name, value) -> {
            try {
                objective.options(Map.of(name, value));
            } catch (IllegalArgumentException e) {
                ruled.require(false, "objective_options." + name, reason(e.getMessage()));
            }
        });
    }

    private static void checkTemperature(RuledRecipe ruled, MethodFamily objective) {
        TrainingRecipe recipe = ruled.recipe();
        if (!recipe.hasTemperature()) {
            return;
        }
        ruled.require(
                Objectives.hasOption(objective, RecipeRules.TEMPERATURE),
                RecipeRules.TEMPERATURE,
                objective.name() + " has no temperature");
        Double other = recipe.getObjectiveOptionsMap().get(RecipeRules.TEMPERATURE);
        ruled.require(
                other == null || other == recipe.getTemperature(),
                RecipeRules.TEMPERATURE,
                "must be objective_options.temperature (%s), is %s".formatted(other, recipe.getTemperature()));
    }

    private static void checkNetwork(RuledRecipe ruled, MethodFamily objective) {
        List<String> transformers =
                RecipeVocabulary.NETWORKS.stream().filter(name -> name.startsWith(TRANSFORMERS)).toList();
        ruled.require(
                !objective.transformer()
                        || transformers.contains(ruled.network())
                        || !RecipeVocabulary.NETWORKS.contains(ruled.network()),
                "network",
                "must be one of %s with %s, is \"%s\""
                        .formatted(String.join(", ", transformers), objective.name(), ruled.network()));
    }

    private static void checkViews(RuledRecipe ruled, MethodFamily objective, AugmentationRecipe augmentation) {
        List<ViewGroupSize> groups = augmentation.groups().stream()
                .map(group -> new ViewGroupSize(group.views(), group.side(SOME_SIDE)))
                .toList();
        objective.views().problem(objective.name(), groups, groups.getFirst().side()).ifPresent(problem -> ruled.require(
                false,
                ruled.recipe().hasAugmentationValues() ? "augmentation_values.groups" : "augmentation",
                reason(problem)));
    }

    /** Empty where there is a problem, which is reported. */
    private static Optional<AugmentationRecipe> augmentation(RuledRecipe ruled) {
        TrainingRecipe recipe = ruled.recipe();
        if (recipe.hasAugmentationValues()) {
            return AugmentationRules.recipe(
                    recipe.getAugmentationValues(), ruled.path() + ".augmentation_values", ruled.violations());
        }
        ruled.requireName("augmentation", recipe.getAugmentation(), RecipeVocabulary.AUGMENTATIONS);
        return Optional.of(recipe.getAugmentation())
                .filter(RecipeVocabulary.AUGMENTATIONS::contains)
                .map(AugmentationRecipe::named);
    }

    /** The engine says the field and a colon before the reason. */
    private static String reason(String message) {
        return message.substring(message.indexOf(": ") + 2);
    }
}
