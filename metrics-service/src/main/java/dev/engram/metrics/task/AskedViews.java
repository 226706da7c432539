package dev.engram.metrics.task;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.inputs.AugmentationRules;
import dev.engram.runs.ResourceName;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.Augmentation;
import dev.engram.v1.ClassMemSpec;
import dev.engram.v1.InvarianceSpec;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.MeasuresSpec;
import dev.engram.v1.UnitMemSpec;
import java.util.Optional;

/**
 * By which augmentation a spec wants its images seen: a recipe by name, that of a pair's training, or every value of one. Whatever it is, its
 * normalization does not count: an encoder is measured with the one that it was trained with.
 *
 * @param name of a recipe, {@code pairs/x}, or empty for the training of the encoder that is measured
 * @param values instead of a name
 */
public record AskedViews(String name, Optional<Augmentation> values) {
    private static final String FIELD = "spec.augmentation";
    private static final String VALUES_FIELD = "spec.augmentation_values";

    public static AskedViews of(LayerMemSpec spec) {
        return of(spec.getAugmentation(), spec.hasAugmentationValues(), spec.getAugmentationValues());
    }

    public static AskedViews of(UnitMemSpec spec) {
        return of(spec.getAugmentation(), spec.hasAugmentationValues(), spec.getAugmentationValues());
    }

    static AskedViews of(ClassMemSpec spec) {
        return of(spec.getAugmentation(), spec.hasAugmentationValues(), spec.getAugmentationValues());
    }

    static AskedViews of(InvarianceSpec spec) {
        return of(spec.getAugmentation(), spec.hasAugmentationValues(), spec.getAugmentationValues());
    }

    static AskedViews of(MeasuresSpec spec) {
        return of(spec.getAugmentation(), spec.hasAugmentationValues(), spec.getAugmentationValues());
    }

    private static AskedViews of(String name, boolean valued, Augmentation values) {
        return new AskedViews(name, valued ? Optional.of(values) : Optional.empty());
    }

    /** Reports every problem. */
    void check(FieldViolations violations) {
        violations.require(
                name.isEmpty() || pair().isPresent() || AugmentationRecipe.names().contains(name),
                FIELD,
                "\"%s\" is unknown; there are %s, and pairs/… for the one of a pair's training".formatted(name, String.join(", ", AugmentationRecipe.names())));
        violations.require(name.isEmpty() || values.isEmpty(), FIELD, "must be empty where spec.augmentation_values are given");
        recipe(violations);
    }

    /** The pair, {@code pairs/x}, by whose training images are seen, if it is named. */
    public Optional<String> pair() {
        return ResourceName.parse(name).filter(resource -> resource.collection().equals("pairs")).map(_ -> name);
    }

    /** The augmentation; empty if it is that of a training, of {@link #pair} or of the encoder that is measured. */
    public Optional<AugmentationRecipe> given() {
        if (name.isEmpty() || pair().isPresent()) {
            return recipe(new FieldViolations());
        }
        return Optional.of(AugmentationRecipe.named(name));
    }

    private Optional<AugmentationRecipe> recipe(FieldViolations violations) {
        return values.flatMap(all -> AugmentationRules.recipe(all.toBuilder().clearNormalization().build(), VALUES_FIELD, violations));
    }
}
