package dev.engram.encoders.augment;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.image.Interpolation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What happens to one view.
 *
 * @param crop the rectangle that becomes the view, in the padded image
 * @param padding pixels of black around the image, 0 or more
 * @param interpolation of the resize
 * @param horizontalFlip whether left and right are exchanged
 * @param verticalFlip whether top and bottom are exchanged
 * @param jitter the colour jitter, if any
 * @param grayscale whether colour is lost
 * @param blur the blur, if any
 * @param solarize the value in [0, 1] from which on values are inverted, if they are
 * @param noise the noise, if any
 */
public record ViewParameters(
        CropRectangle crop,
        int padding,
        Interpolation interpolation,
        boolean horizontalFlip,
        boolean verticalFlip,
        Optional<Jitter> jitter,
        boolean grayscale,
        Optional<Blur> blur,
        OptionalDouble solarize,
        Optional<Noise> noise) {
    public ViewParameters {
        requireNonNull(crop, "crop");
        requireNonNull(interpolation, "interpolation");
    }

    /**
     * A drawn colour jitter.
     *
     * @param order the operations in the order they are applied, each at most once
     * @param brightness factors as in {@link ColorOperation}; of an operation not in {@code order}, without meaning
     */
    public record Jitter(
            List<ColorOperation> order, double brightness, double contrast, double saturation, double hue) {
        public Jitter {
            order = List.copyOf(order);
        }

        double factor(ColorOperation operation) {
            return switch (operation) {
                case BRIGHTNESS -> brightness;
                case CONTRAST -> contrast;
                case SATURATION -> saturation;
                case HUE -> hue;
            };
        }
    }

    /**
     * A drawn blur.
     *
     * @param kernel odd, in pixels
     * @param sigma standard deviation in pixels of the view
     */
    public record Blur(int kernel, double sigma) {}

    /**
     * Drawn noise: value i of the view gets {@code deviation} times a normal draw that is a function of (key, i).
     *
     * @param deviation on values in [0, 1]
     */
    public record Noise(double deviation, long key) {}

    /** A view that only shows {@code crop}. */
    public static ViewParameters plain(CropRectangle crop) {
        return new ViewParameters(
                crop, 0, Interpolation.BILINEAR, false, false, Optional.empty(), false, Optional.empty(),
                OptionalDouble.empty(), Optional.empty());
    }
}
