package dev.engram.attack.run;

import dev.engram.attack.run.Direction.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of work that is done whole or not at all: one pair, one encoder, one crop, one direction, at every cut.
 *
 * @param pair 0 for the attacked pair, 1 and on for its replicates
 * @param crop index into the plan's crops
 */
record AttackUnit(int pair, Side encoder, int crop, Direction direction) {

    /** All units in the order of work: pair by pair, everything of f, then everything of g, so that each encoder's index is built once. */
    static List<AttackUnit> of(int pairs, int crops) {
        List<AttackUnit> units = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            for (Side encoder : Side.values()) {
                for (int crop = 0; crop < crops; crop++) {
                    for (Direction direction : Direction.values()) {
                        units.add(new AttackUnit(pair, encoder, crop, direction));
                    }
                }
            }
        }
        return units;
    }

    /**
     * The file with what was found at one cut.
     *
     * @param what {@code neighbors} or {@code logits}
     * @param result index into the result's crops
     */
    String fileName(String what, int result) {
        return "%s%s-%d-%s-%s.safetensors"
                .formatted(pair == 0 ? "" : "replicate-" + pair + "-", what, result, direction.key(), encoder.key());
    }
}
