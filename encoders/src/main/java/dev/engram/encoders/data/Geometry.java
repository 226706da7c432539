package dev.engram.encoders.data;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.image.Interpolation;
import dev.engram.encoders.image.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How pictures of any size come to the form encoders take: three channels, square, one side. Done once, when a data set is packed, so
 * that pixels, boxes and digests all speak of what the encoder sees. Grey is replicated into three equal channels.
 *
 * @param side height and width of the result
 * @param resize {@link Method#CENTER_CROP}: the shorter side before the crop, at least {@code side}; without meaning for the others
 * @param interpolation of every resize, always antialiased
 */
public record Geometry(Method method, int side, int resize, Interpolation interpolation) {
    /** What is done to a picture that is not square or has another side. */
    public enum Method {
        /**
         * Nothing is cut off: black is added as evenly as possible (28×28 → 32×32: 2 pixels on every side); a larger picture is first
         * shrunk so that its longer side fits.
         */
        PAD,
        /** torchvision's Resize(resize), then CenterCrop(side). */
        CENTER_CROP,
        /** torchvision's Resize((side, side)). */
        SQUASH
    }

    /** A picture [3, side, side] and where its boxes went. */
    public record Placed(byte[] image, List<Box> boxes) {}

    public static final int SMALLEST_SIDE = 8;
    public static final int LARGEST_SIDE = 1024;

    private static final int RGB = 3;

    public Geometry {
        requireNonNull(method, "method");
        requireNonNull(interpolation, "interpolation");
        if (side < 1 || method == Method.CENTER_CROP && resize < side) {
            throw new IllegalArgumentException("geometry: needs side >= 1 and resize >= side, were %d and %d".formatted(side, resize));
        }
    }

    /** {@link Method#PAD}, bilinear. */
    public static Geometry pad(int side) {
        return new Geometry(Method.PAD, side, side, Interpolation.BILINEAR);
    }

    /** {@link Method#CENTER_CROP}, bilinear. */
    public static Geometry centerCrop(int resize, int side) {
        return new Geometry(Method.CENTER_CROP, side, resize, Interpolation.BILINEAR);
    }

    /** What every placed image is. */
    public ImageShape shape() {
        return new ImageShape(RGB, side, side);
    }

    /**
     * Brings a picture to this form.
     *
     * @param boxes in the picture's pixels; they may reach beyond it. What is cut off of them is gone, and so is a box that is cut off whole
     */
    public Placed place(Picture picture, List<Box> boxes) {
        Picture sized = switch (method) {
            case PAD -> fitting(picture);
            case CENTER_CROP -> shorterSide(picture);
            case SQUASH -> picture.resize(side, side, interpolation);
        };
        int top = offset(sized.height());
        int left = offset(sized.width());
        List<Box> moved = new ArrayList<>();
        for (Box box : boxes) {
            move(box, (double) sized.height() / picture.height(), (double) sized.width() / picture.width(), top, left)
                    .ifPresent(moved::add);
        }
        return new Placed(framed(sized, top, left), List.copyOf(moved));
    }

    private Picture fitting(Picture picture) {
        double scale = Math.min(1, (double) side / Math.max(picture.height(), picture.width()));
        return picture.resize(
                Math.max(1, (int) Math.round(picture.height() * scale)),
                Math.max(1, (int) Math.round(picture.width() * scale)),
                interpolation);
    }

    /** torchvision's sizes: the longer side is cut to a whole number. */
    private Picture shorterSide(Picture picture) {
        int height = picture.height();
        int width = picture.width();
        return height <= width
                ? picture.resize(resize, (int) ((long) resize * width / height), interpolation)
                : picture.resize((int) ((long) resize * height / width), resize, interpolation);
    }

    /** Where the picture begins in the frame: negative if it is larger. torchvision rounds half a pixel to even, padding down. */
    private int offset(int length) {
        return length > side ? -(int) Math.rint((length - side) / 2.0) : (side - length) / 2;
    }

    private byte[] framed(Picture picture, int top, int left) {
        byte[] frame = new byte[RGB * side * side];
        int from = Math.max(0, -left);
        int count = Math.min(side, picture.width());
        for (int c = 0; c < RGB; c++) {
            int plane = picture.channels() == 1 ? 0 : c;
            for (int y = Math.max(0, top); y < Math.min(side, top + picture.height()); y++) {
                System.arraycopy(
                        picture.planes(), (plane * picture.height() + y - top) * picture.width() + from,
                        frame, (c * side + y) * side + Math.max(0, left), count);
            }
        }
        return frame;
    }

    private Optional<Box> move(Box box, double vertical, double horizontal, int top, int left) {
        int xmin = Math.max(0, left + (int) Math.floor(box.xmin() * horizontal));
        int ymin = Math.max(0, top + (int) Math.floor(box.ymin() * vertical));
        int xmax = Math.min(side, left + (int) Math.ceil(box.xmax() * horizontal));
        int ymax = Math.min(side, top + (int) Math.ceil(box.ymax() * vertical));
        return xmin < xmax && ymin < ymax ? Optional.of(new Box(xmin, ymin, xmax, ymax)) : Optional.empty();
    }
}
