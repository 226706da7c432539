package dev.engram.metrics.intervention;

import dev.engram.runs.grpc.FieldViolations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold where units are asked for by the images that own them. */
public final class OwnedUnitRules {
    private static final int MOST_IMAGES = 10_000;

    private OwnedUnitRules() {}

    /**
     * Reports every problem.
     *
     * @param message path of the message that has the fields, with its dot at the end; may be empty
     */
    public static void check(String message, List<Long> images, double least, int most, FieldViolations violations) {
        violations.require(
                !images.isEmpty() && images.size() <= MOST_IMAGES,
                message + "images",
                "must be 1 to %d ids, are %d".formatted(MOST_IMAGES, images.size()));
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < Math.min(images.size(), MOST_IMAGES); i++) {
            violations.require(seen.add(images.get(i)), message + "images[" + i + "]", "is there already: " + images.get(i));
        }
        violations.require(least >= 0 && least <= 1, message + "least_unit_mem", "must be in [0, 1], is " + least);
        violations.require(most >= 0, message + "most_units", "must be at least 1, or 0 for all, is " + most);
    }
}
