package dev.engram.store.catalogue;

import java.time.Instant;
import java.util.Optional;

/**
 * A candidate and a reference encoder trained by the same recipe: runs {@code <id>-f} and {@code <id>-g}.
 *
 * @param split the split's id
 * @param recipe canonical JSON of its {@code TrainingRecipe}
 */
public record PairRecord(String id, Optional<String> requestId, String split, String recipe, Instant createdAt) {}
