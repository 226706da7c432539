package dev.engram.encoders.image;

/**
 * How a stored picture is turned to stand upright, in the order of EXIF's values 1 to 8: first it is perhaps transposed (rows become
 * columns), then perhaps mirrored left to right and top to bottom.
 */
public enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    HALF_TURN(false, true, true),
    FLIPPED(false, false, true),
    TRANSPOSED(true, false, false),
    QUARTER_TURN(true, true, false),
    TRANSVERSED(true, true, true),
    THREE_QUARTER_TURN(true, false, true);

    private final boolean transposed;
    private final boolean mirrored;
    private final boolean flipped;

    Orientation(boolean transposed, boolean mirrored, boolean flipped) {
        this.transposed = transposed;
        this.mirrored = mirrored;
        this.flipped = flipped;
    }

    /** By EXIF's number; upright for any other than 2 to 8. */
    static Orientation ofExif(int value) {
        return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
    }

    /** Whether height and width change places. */
    public boolean transposed() {
        return transposed;
    }

    /** Whether left and right are exchanged, after the transposition. */
    public boolean mirrored() {
        return mirrored;
    }

    /** Whether top and bottom are exchanged, after the transposition. */
    public boolean flipped() {
        return flipped;
    }
}
