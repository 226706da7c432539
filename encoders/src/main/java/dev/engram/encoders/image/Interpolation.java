package dev.engram.encoders.image;

/** The filter of an antialiased resize; its width grows with the scale when shrinking, as Pillow and torchvision do it. */
public enum Interpolation {
    /** Triangle, half-width 1. */
    BILINEAR(1) {
        @Override
        double weight(double x) {
            return Math.max(0, 1 - Math.abs(x));
        }
    },
    /** R. Keys' cubic convolution with a = -½, half-width 2. */
    BICUBIC(2) {
        @Override
        double weight(double x) {
            double t = Math.abs(x);
            if (t < 1) {
                return (1.5 * t - 2.5) * t * t + 1;
            }
            return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
        }
    };

    private final int halfWidth;

    Interpolation(int halfWidth) {
        this.halfWidth = halfWidth;
    }

    /** Where the filter ends, in pixels of the coarser side. */
    int halfWidth() {
        return halfWidth;
    }

    /** The filter at distance {@code x} from its centre, not normalized. */
    abstract double weight(double x);
}
