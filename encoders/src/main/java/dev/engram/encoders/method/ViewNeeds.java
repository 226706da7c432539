package dev.engram.encoders.method;

/**
 * What a method wants of a group of views.
 *
 * @param count views of each image, at least 1
 * @param side height and width in pixels, at least 1
 * @param maskedTokens positions of an image that a random order is drawn for (its patches, some of which are hidden); 0 where
 *     nothing is masked
 */
public record ViewNeeds(int count, int side, int maskedTokens) {
    public ViewNeeds {
        if (count < 1 || side < 1 || maskedTokens < 0) {
            throw new IllegalArgumentException(
                    "a group has at least one view of at least one pixel, not %d of %d".formatted(count, side));
        }
    }

    /** Views that are not masked. */
    public static ViewNeeds of(int count, int side) {
        return new ViewNeeds(count, side, 0);
    }
}
