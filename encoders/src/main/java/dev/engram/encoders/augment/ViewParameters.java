package dev.engram.encoders.augment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What happens to one view.
 *
 * @param crop the rectangle that becomes the view
 * @param horizontalFlip whether left and right are exchanged
 * @param verticalFlip whether top and bottom are exchanged
 * @param jitter the colour jitter, if any
 * @param grayscale whether colour is lost
 * @param blurSigma standard deviation in pixels of the view, if it is blurred
 * @param solarize whether bright values are inverted
 */
public record ViewParameters(
        CropRectangle crop,
        boolean horizontalFlip,
        boolean verticalFlip,
        Optional<Jitter> jitter,
        boolean grayscale,
        OptionalDouble blurSigma,
        boolean solarize) {
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

    /** A view that only shows {@code crop}. */
    public static ViewParameters plain(CropRectangle crop) {
        return new ViewParameters(crop, false, false, Optional.empty(), false, OptionalDouble.empty(), false);
    }
}
