package dev.engram.encoders.augment;

/** A corner of an image, from which a déjà vu attack sees only background. */
public enum Corner {
    LOWER_LEFT(true, true),
    LOWER_RIGHT(true, false),
    UPPER_LEFT(false, true),
    UPPER_RIGHT(false, false);

    private final boolean lower;
    private final boolean left;

    Corner(boolean lower, boolean left) {
        this.lower = lower;
        this.left = left;
    }

    /**
     * The corner's rectangle with sides int(fraction·H) and int(fraction·W), as in Meehan et al., "Do SSL Models Have Déjà Vu?",
     * <a href="https://arxiv.org/abs/2304.13850">arXiv:2304.13850</a>.
     *
     * @param fraction in (0, 1]; both sides must come to at least one pixel
     */
    public CropRectangle of(int imageHeight, int imageWidth, double fraction) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException("corner fraction: must be in (0, 1], was " + fraction);
        }
        int height = (int) (fraction * imageHeight);
        int width = (int) (fraction * imageWidth);
        return new CropRectangle(lower ? imageHeight - height : 0, left ? 0 : imageWidth - width, height, width);
    }
}
