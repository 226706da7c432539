package dev.engram.attack.run;

import dev.engram.attack.run.Direction.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of work that is done whole or not at all: one encoder, one crop, one direction.
 *
 * @param crop index into the attack's crops
 */
record AttackUnit(Side encoder, int crop, Direction direction) {

    /** All units in the order of work: everything of f, then everything of g, so that each encoder's index is built once. */
    static List<AttackUnit> of(int crops) {
        List<AttackUnit> units = new ArrayList<>();
        for (Side encoder : Side.values()) {
            for (int crop = 0; crop < crops; crop++) {
                for (Direction direction : Direction.values()) {
                    units.add(new AttackUnit(encoder, crop, direction));
                }
            }
        }
        return units;
    }

    /** The file with its neighbours. */
    String fileName() {
        return "neighbors-%d-%s-%s.safetensors".formatted(crop, direction.key(), encoder.key());
    }
}
