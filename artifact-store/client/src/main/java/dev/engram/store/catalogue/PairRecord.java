package dev.engram.store.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A candidate and a reference encoder: trained by the same recipe, runs {@code <id>-f} and {@code <id>-g}; or two that existed before.
 *
 * @param split the split's id
 * @param recipe canonical JSON of its {@code TrainingRecipe}; empty for encoders that existed before
 * @param existing ids of the runs that made them, candidate first; empty if the pair trained its own
 */
public record PairRecord(
        String id, Optional<String> requestId, String split, String recipe, List<String> existing, Instant createdAt) {

    public PairRecord {
        existing = List.copyOf(existing);
    }

    /** A pair that trains its own encoders. */
    public PairRecord(String id, Optional<String> requestId, String split, String recipe, Instant createdAt) {
        this(id, requestId, split, recipe, List.of(), createdAt);
    }

    /** Whether it is of these, which is what makes two requests the same. */
    public boolean isOf(String otherSplit, String otherRecipe, List<String> otherExisting) {
        return split.equals(otherSplit) && recipe.equals(otherRecipe) && existing.equals(otherExisting);
    }
}
