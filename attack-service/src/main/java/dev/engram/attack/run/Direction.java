package dev.engram.attack.run;

import dev.engram.encoders.data.Part;
import java.util.Locale;

/** Which encoder's own images are attacked. The encoder that saw them is the target, the other the reference. */
public enum Direction {
    /** Images only f saw: f is the target, g the reference. */
    CANDIDATE("candidate", Part.CANDIDATE, Side.F, Side.G),
    /** Images only g saw: g is the target, f the reference. */
    INDEPENDENT("independent", Part.INDEPENDENT, Side.G, Side.F);

    /** The encoders of a pair. */
    public enum Side {
        F,
        G;

        /** {@code f} or {@code g}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String key;
    private final Part part;
    private final Side target;
    private final Side reference;

    Direction(String key, Part part, Side target, Side reference) {
        this.key = key;
        this.part = part;
        this.target = target;
        this.reference = reference;
    }

    /** The name used in files and results. */
    public String key() {
        return key;
    }

    /** The part of the split that is attacked. */
    public Part part() {
        return part;
    }

    /** The images the other encoder saw. */
    public Direction other() {
        return this == CANDIDATE ? INDEPENDENT : CANDIDATE;
    }

    public Side target() {
        return target;
    }

    public Side reference() {
        return reference;
    }
}
