package dev.engram.encoders.corrupt;

/** How a picture continues beyond its border: as in mirrors, as often as it takes. Positions may be any integers. */
final class Border {
    private Border() {}

    /** The mirror lies on the last pixel: c b | a b c | b a. */
    static int once(int position, int length) {
        if (length == 1) {
            return 0;
        }
        int within = Math.floorMod(position, 2 * (length - 1));
        return within < length ? within : 2 * (length - 1) - within;
    }

    /** The mirror lies behind the last pixel: b a | a b c | c b. */
    static int twice(int position, int length) {
        int within = Math.floorMod(position, 2 * length);
        return within < length ? within : 2 * length - 1 - within;
    }
}
