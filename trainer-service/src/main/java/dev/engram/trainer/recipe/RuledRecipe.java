package dev.engram.trainer.recipe;

import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.TrainingRecipe;
import java.util.List;

/** A recipe that is being checked: where it stands in the request, and where problems go. */
record RuledRecipe(TrainingRecipe recipe, String path, FieldViolations violations) {
    void require(boolean holds, String field, String description) {
        violations.require(holds, path + "." + field, description);
    }

    void requirePositive(String field, double value) {
        requireIn(Range.above(0), field, value);
    }

    void requireIn(Range range, String field, double value) {
        range.problem(value).ifPresent(problem -> require(false, field, problem));
    }

    void requireName(String field, String name, List<String> known) {
        require(
                name.isEmpty() || known.contains(name),
                field,
                "must be one of %s, is \"%s\"".formatted(String.join(", ", known), name));
    }

    void refuseOption(String field, String owner, List<String> known) {
        require(false, field, known.isEmpty()
                ? owner + " has no options"
                : "%s has no such option; it has %s".formatted(owner, String.join(", ", known)));
    }

    String network() {
        return recipe.getNetwork().isEmpty() ? RecipeVocabulary.NETWORKS.getFirst() : recipe.getNetwork();
    }

    String optimizer() {
        return recipe.getOptimizer().isEmpty() ? RecipeVocabulary.OPTIMIZERS.getFirst() : recipe.getOptimizer();
    }
}
