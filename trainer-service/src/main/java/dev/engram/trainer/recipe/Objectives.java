package dev.engram.trainer.recipe;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.method.MethodFamily;
import dev.engram.encoders.method.MethodOption;
import dev.engram.encoders.method.Methods;
import dev.engram.v1.RecipeChoice;
import dev.engram.v1.RecipeOption;
import java.util.Optional;

/** The methods of the engine as the objectives of recipes. */
final class Objectives {
    private Objectives() {}

    /** The objective of this name, or the default one where there is no name; empty if the name is not known. */
    static Optional<MethodFamily> find(String name) {
        String asked = name.isEmpty() ? Methods.names().getFirst() : name;
        return Methods.families().stream().filter(family -> family.name().equals(asked)).findFirst();
    }

    static boolean hasOption(MethodFamily objective, String option) {
        return objective.options().stream().anyMatch(known -> known.name().equals(option));
    }

    /** Name of the preset that an objective has by default: the paper's own where there is one. */
    static String augmentation(MethodFamily objective) {
        String own = objective.name().equals("pmsn") ? "msn" : objective.name().replace('_', '-');
        boolean isDefault = objective.name().equals(Methods.names().getFirst());
        return isDefault || !AugmentationRecipe.names().contains(own)
                ? RecipeVocabulary.AUGMENTATIONS.getFirst()
                : own;
    }

    static RecipeChoice describe(MethodFamily objective) {
        RecipeChoice.Builder choice = RecipeChoice.newBuilder()
                .setName(objective.name())
                .setMeaning("%s: %s %s".formatted(objective.title(), objective.meaning(), objective.source()));
        for (MethodOption option : objective.options()) {
            choice.addOptions(RecipeOption.newBuilder()
                    .setName(option.name())
                    .setType(option.type() == MethodOption.Type.NUMBER ? RecipeOption.Type.NUMBER : RecipeOption.Type.INTEGER)
                    .setDefaultValue(Range.number(option.defaultValue()))
                    .setRange(option.range())
                    .setMeaning(option.meaning()));
        }
        return choice.build();
    }
}
