package dev.engram.encoders.augment;

/**
 * The rectangles a random resized crop draws from.
 *
 * @param minArea smallest share of the image's area, in (0, 1]
 * @param maxArea largest share, in [minArea, 1]
 * @param minAspect smallest width / height, positive
 * @param maxAspect largest width / height
 */
public record CropRange(double minArea, double maxArea, double minAspect, double maxAspect) {
    /** torchvision's default: 0.08 … 1 of the area, aspect ratio 3/4 … 4/3. */
    public static final CropRange STANDARD = new CropRange(0.08, 1, 3.0 / 4, 4.0 / 3);

    public CropRange {
        if (!(minArea > 0 && minArea <= maxArea && maxArea <= 1)) {
            throw new IllegalArgumentException(
                    "crop area: needs 0 < min <= max <= 1, was [" + minArea + ", " + maxArea + "]");
        }
        if (!(minAspect > 0 && minAspect <= maxAspect && Double.isFinite(maxAspect))) {
            throw new IllegalArgumentException(
                    "crop aspect: needs 0 < min <= max, was [" + minAspect + ", " + maxAspect + "]");
        }
    }
}
