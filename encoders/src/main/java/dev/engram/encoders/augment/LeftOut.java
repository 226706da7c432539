package dev.engram.encoders.augment;

import java.util.Locale;

/** Why an image has no patch of background to attack. */
public enum LeftOut {
    /** It has no box, so its background is not known. */
    NO_BOX,
    /** A box leaves the image at the right; the published attack drops such images. */
    BOX_BEYOND_IMAGE,
    /** What the boxes leave free is too small. */
    TOO_SMALL;

    /** The lower-case name used in files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
