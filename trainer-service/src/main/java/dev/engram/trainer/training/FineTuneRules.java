package dev.engram.trainer.training;

import dev.engram.encoders.edit.LayerScope;
import dev.engram.runs.RunFailure;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.trainer.ResourceFields;
import dev.engram.trainer.recipe.RecipeRules;
import dev.engram.v1.FineTuneSpec;
import dev.engram.v1.TrainingRecipe;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold for a fine-tuning. */
final class FineTuneRules {
    static final String OBJECTIVE = "supervised";

    private FineTuneRules() {}

    /** Reports every field that cannot be meant, below {@code spec}. */
    static void check(FineTuneSpec spec, FieldViolations violations) {
        ResourceFields.require("encoders", spec.getSource(), "spec.source", violations);
        List<String> layers = spec.getLayersList();
        for (int i = 0; i < layers.size(); i++) {
            String field = "spec.layers[%d]".formatted(i);
            violations.require(!layers.get(i).isBlank(), field, "must be the path of a layer, is empty");
            violations.require(layers.indexOf(layers.get(i)) == i, field, "\"%s\" is named twice".formatted(layers.get(i)));
        }
        violations.require(
                spec.getScope() != dev.engram.v1.LayerScope.UNRECOGNIZED,
                "spec.scope",
                "must be LAYER_SCOPE_WEIGHT, LAYER_SCOPE_LAYER or LAYER_SCOPE_LAYER_AND_NORM, is " + spec.getScopeValue());
        if (!spec.getSplit().isEmpty()) {
            ResourceFields.require("splits", spec.getSplit(), "spec.split", violations);
        }
        checkImages(spec, violations);
        if (spec.hasUnit()) {
            violations.require(spec.getUnit() >= 0, "spec.unit", "must be at least 0, is " + spec.getUnit());
            violations.require(layers.size() == 1, "spec.layers", "must be one layer where one unit is kept, are " + layers.size());
        }
        checkRecipe(spec.getRecipe(), violations);
    }

    private static void checkImages(FineTuneSpec spec, FieldViolations violations) {
        TrainingSpecRules.checkParts(spec.getPartsList(), violations);
        violations.require(
                spec.getPartsCount() == 0 || spec.getImageIdsCount() == 0, "spec.parts", "must be empty where images are named");
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < spec.getImageIdsCount(); i++) {
            violations.require(
                    seen.add(spec.getImageIds(i)), "spec.image_ids[%d]".formatted(i), spec.getImageIds(i) + " is named twice");
        }
    }

    private static void checkRecipe(TrainingRecipe recipe, FieldViolations violations) {
        String path = "spec.recipe.";
        violations.require(recipe.getNetwork().isEmpty(), path + "network", "must be unset: it is the source's");
        violations.require(recipe.getNetworkOptionsCount() == 0, path + "network_options", "must be unset: they are the source's");
        violations.require(
                recipe.getObjective().isEmpty() || recipe.getObjective().equals(OBJECTIVE),
                path + "objective",
                "must be supervised or unset, is \"%s\"".formatted(recipe.getObjective()));
        violations.require(recipe.getProjectorCount() == 0, path + "projector", "must be unset: the head is one linear layer");
        violations.require(recipe.getProjectorStyle().isEmpty(), path + "projector_style", "must be unset: the head is one linear layer");
        violations.require(recipe.getEmaMomentum() == 0, path + "ema_momentum", "must be unset: no average is kept");
        violations.require(!recipe.hasDpSgd(), path + "dp_sgd", "must be unset");
        violations.require(!recipe.hasOnlineProbes(), path + "online_probes", "must be unset: the head is scored");
        RecipeRules.check(
                recipe.toBuilder().clearNetwork().clearNetworkOptions().setObjective(OBJECTIVE).clearProjector().clearProjectorStyle().clearEmaMomentum()
                        .clearDpSgd().clearOnlineProbes().build(),
                "spec.recipe",
                violations);
    }

    static LayerScope scope(FineTuneSpec spec) {
        return switch (spec.getScope()) {
            case LAYER_SCOPE_WEIGHT -> LayerScope.WEIGHT;
            case LAYER_SCOPE_UNSPECIFIED, LAYER_SCOPE_LAYER -> LayerScope.LAYER;
            case LAYER_SCOPE_LAYER_AND_NORM -> LayerScope.LAYER_AND_NORM;
            case UNRECOGNIZED -> throw RunFailure.invalidSpec("spec.scope: is not known");
        };
    }
}
