package dev.engram.encoders.method;

/**
 * What a method wants of a group of views.
 *
 * @param count views of each image, at least 1
 * @param side height and width in pixels, at least 1
 * @param maskedTokens positions of an image that a random order is drawn for (its patches, some of which are hidden); 0 where
 *     nothing is masked
 * @param chances uniform numbers that are drawn for an image (which branches of its pass are dropped); 0 where nothing is left to chance
 */
public record ViewNeeds(int count, int side, int maskedTokens, int chances) {
    public ViewNeeds {
        if (count < 1 || side < 1 || maskedTokens < 0 || chances < 0) {
            throw new IllegalArgumentException(
                    "a group has at least one view of at least one pixel, not %d of %d".formatted(count, side));
        }
    }

    /** Views that are masked. */
    public ViewNeeds(int count, int side, int maskedTokens) {
        this(count, side, maskedTokens, 0);
    }

    /** Views that are not masked. */
    public static ViewNeeds of(int count, int side) {
        return new ViewNeeds(count, side, 0, 0);
    }

    /** Tensors that are drawn for the group's images: an order if they are masked, numbers if some are wanted. */
    public int draws() {
        return (maskedTokens > 0 ? 1 : 0) + (chances > 0 ? 1 : 0);
    }
}
