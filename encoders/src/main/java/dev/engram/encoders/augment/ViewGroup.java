package dev.engram.encoders.augment;

import java.util.List;

/**
 * Views of one size that a training step sees of each image; multi-crop has two groups, few large views and many small ones (Caron et
 * al., <a href="https://arxiv.org/abs/2006.09882">arXiv:2006.09882</a>).
 *
 * @param views how many of each image, 1 … {@value #MOST_VIEWS}
 * @param side height and width in pixels; 0 for {@code relativeSide} of the encoder's
 * @param relativeSide in (0, 2]; without meaning if {@code side} is given
 * @param recipes view v of the group is made by recipe v modulo their number: one for all, or one for each (BYOL)
 */
public record ViewGroup(int views, int side, double relativeSide, List<ViewRecipe> recipes) {
    static final int MOST_VIEWS = 32;
    static final int SMALLEST_SIDE = 8;
    static final int LARGEST_SIDE = 1024;

    private static final int MULTIPLE = 8;

    public ViewGroup {
        recipes = List.copyOf(recipes);
        if (views < 1 || views > MOST_VIEWS) {
            throw new IllegalArgumentException("views: must be 1 to %d, were %d".formatted(MOST_VIEWS, views));
        }
        if (side != 0 && (side < SMALLEST_SIDE || side > LARGEST_SIDE)) {
            throw new IllegalArgumentException(
                    "side: must be %d to %d pixels, or 0, was %d".formatted(SMALLEST_SIDE, LARGEST_SIDE, side));
        }
        if (!(relativeSide > 0 && relativeSide <= 2)) {
            throw new IllegalArgumentException("relative side: must be in (0, 2], was " + relativeSide);
        }
        if (recipes.isEmpty() || recipes.size() > views) {
            throw new IllegalArgumentException("recipes: need one for all or at most one for each of %d views, were %d"
                    .formatted(views, recipes.size()));
        }
    }

    /** Views as large as the encoder's input. */
    public static ViewGroup of(int views, ViewRecipe... recipes) {
        return new ViewGroup(views, 0, 1, List.of(recipes));
    }

    /** What makes view {@code view} of this group, counted from 0; more than {@link #views} may be asked for. */
    public ViewRecipe recipe(int view) {
        return recipes.get(view % recipes.size());
    }

    /** Height and width of the views for an encoder whose input is {@code encoderSide} pixels high and wide. */
    public int side(int encoderSide) {
        if (side > 0) {
            return side;
        }
        if (relativeSide == 1) {
            return encoderSide;
        }
        return Math.max(SMALLEST_SIDE, (int) Math.rint(encoderSide * relativeSide / MULTIPLE) * MULTIPLE);
    }
}
