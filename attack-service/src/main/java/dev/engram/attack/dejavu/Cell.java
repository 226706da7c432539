package dev.engram.attack.dejavu;

import java.util.Locale;
import java.util.Optional;

/** Where an attacked image falls by who names its label rightly: the encoder that saw it, or the one that did not. */
public enum Cell {
    /** Only the encoder that saw the image is right: the label leaks from memory. */
    MEMORIZED,
    /** Both are right: the label follows from the crop. */
    CORRELATED,
    /** Only the encoder that did not see the image is right. */
    MISREPRESENTED,
    /** Neither is right. */
    UNASSOCIATED;

    public static Cell of(boolean targetRight, boolean referenceRight) {
        if (targetRight) {
            return referenceRight ? CORRELATED : MEMORIZED;
        }
        return referenceRight ? MISREPRESENTED : UNASSOCIATED;
    }

    /** The lower-case name used in files and requests. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The cell of that {@link #key()}. */
    public static Optional<Cell> ofKey(String key) {
        for (Cell cell : values()) {
            if (cell.key().equals(key)) {
                return Optional.of(cell);
            }
        }
        return Optional.empty();
    }
}
