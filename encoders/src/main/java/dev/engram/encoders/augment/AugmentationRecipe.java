package dev.engram.encoders.augment;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Set;

/**
 * How an image becomes the views that a training step sees: groups of views, each with its size and recipes; then normalization.
 *
 * @param name as users know it, at most {@value #LONGEST_NAME} characters
 * @param source where its values come from; may be empty
 * @param groups at least one; the first is what single views, for measuring, are drawn from
 * @param normalization applied to every view last, and to images that are not augmented
 */
public record AugmentationRecipe(String name, String source, List<ViewGroup> groups, Normalization normalization) {
    static final int LONGEST_NAME = 100;

    private static final int MOST_GROUPS = 8;
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    public AugmentationRecipe {
        groups = List.copyOf(groups);
        requireNonNull(source, "source");
        requireNonNull(normalization, "normalization");
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("name: must have 1 to %d characters, was \"%s\"".formatted(LONGEST_NAME, name));
        }
        if (groups.isEmpty() || groups.size() > MOST_GROUPS) {
            throw new IllegalArgumentException("groups: must be 1 to %d, were %d".formatted(MOST_GROUPS, groups.size()));
        }
    }

    /** Two views of each image, both made by one recipe. */
    public static AugmentationRecipe pair(String name, String source, ViewRecipe recipe, Normalization normalization) {
        return new AugmentationRecipe(name, source, List.of(ViewGroup.of(2, recipe)), normalization);
    }

    /** The names {@link #named} knows. */
    public static Set<String> names() {
        return AugmentationPresets.all().keySet();
    }

    /**
     * A preset: see {@link AugmentationPresets}.
     *
     * @throws IllegalArgumentException naming the known presets
     */
    public static AugmentationRecipe named(String name) {
        AugmentationRecipe recipe = AugmentationPresets.all().get(name);
        if (recipe == null) {
            throw new IllegalArgumentException(
                    "augmentation: \"%s\" is unknown; there are %s".formatted(name, String.join(", ", names())));
        }
        return recipe;
    }

    /**
     * What a checkpoint says its augmentation was: the name of a preset, or {@link #toText} of any other.
     *
     * @throws IllegalArgumentException if it is neither, with the reason
     */
    public static AugmentationRecipe parse(String text) {
        if (!text.startsWith("{")) {
            return named(text);
        }
        try {
            return JSON.readValue(text, AugmentationRecipe.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("augmentation: " + e.getOriginalMessage(), e);
        }
    }

    /** The name if this is the preset of that name, else every value as JSON; what {@link #parse} reads. */
    public String toText() {
        if (equals(AugmentationPresets.all().get(name))) {
            return name;
        }
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same views, normalized otherwise. */
    public AugmentationRecipe with(Normalization other) {
        return new AugmentationRecipe(name, source, groups, other);
    }

    /** Views of each image over all groups. */
    public int views() {
        return groups.stream().mapToInt(ViewGroup::views).sum();
    }

    static void probability(String field, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(field + ": must be a probability in [0, 1], was " + value);
        }
    }
}
