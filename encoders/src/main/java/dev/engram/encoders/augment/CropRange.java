package dev.engram.encoders.augment;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.image.Interpolation;

/**
 * The rectangles a random crop draws from: torchvision's RandomResizedCrop, or with a padding its RandomCrop of the image's own size.
 *
 * @param minArea smallest share of the image's area, in (0, 1]
 * @param maxArea largest share, in [minArea, 1]
 * @param minAspect smallest width / height, positive
 * @param maxAspect largest width / height
 * @param interpolation of the resize to the view's side
 * @param padding pixels of black around the image, 0 … {@value #LARGEST_PADDING}; if more than 0, the crop has the image's own size
 *     and a place anywhere in the padded image, and areas and aspects do not count
 */
public record CropRange(
        double minArea, double maxArea, double minAspect, double maxAspect, Interpolation interpolation, int padding) {
    /** torchvision's default: 0.08 … 1 of the area, aspect ratio 3/4 … 4/3, bilinear. */
    public static final CropRange STANDARD = of(0.08, 1);

    /** No crop: the whole image, resized. */
    public static final CropRange WHOLE = new CropRange(1, 1, Double.MIN_NORMAL, Double.MAX_VALUE, Interpolation.BILINEAR, 0);

    static final int LARGEST_PADDING = 64;

    public CropRange {
        requireNonNull(interpolation, "interpolation");
        if (!(minArea > 0 && minArea <= maxArea && maxArea <= 1)) {
            throw new IllegalArgumentException(
                    "crop area: needs 0 < min <= max <= 1, was [" + minArea + ", " + maxArea + "]");
        }
        if (!(minAspect > 0 && minAspect <= maxAspect && Double.isFinite(maxAspect))) {
            throw new IllegalArgumentException(
                    "crop aspect: needs 0 < min <= max, was [" + minAspect + ", " + maxAspect + "]");
        }
        if (padding < 0 || padding > LARGEST_PADDING) {
            throw new IllegalArgumentException("crop padding: must be 0 to %d, was %d".formatted(LARGEST_PADDING, padding));
        }
    }

    /** Crops of these shares of the area, aspect ratio 3/4 … 4/3, bilinear. */
    public static CropRange of(double minArea, double maxArea) {
        return new CropRange(minArea, maxArea, 3.0 / 4, 4.0 / 3, Interpolation.BILINEAR, 0);
    }

    /** torchvision's RandomCrop(size, padding). */
    public static CropRange padded(int padding) {
        return new CropRange(1, 1, 1, 1, Interpolation.BILINEAR, padding);
    }

    /** The same crops, resized bicubically. */
    public CropRange bicubic() {
        return new CropRange(minArea, maxArea, minAspect, maxAspect, Interpolation.BICUBIC, padding);
    }

    /** Whether every crop is the whole image, whatever its shape. */
    public boolean isWhole() {
        return equals(WHOLE) || equals(WHOLE.bicubic());
    }
}
