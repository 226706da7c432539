package dev.engram.encoders.image;

import static java.util.Objects.requireNonNull;

/**
 * One grey or RGB picture of bytes.
 *
 * @param channels 1 or 3
 * @param height pixels
 * @param width pixels
 * @param planes bytes [channels, height, width]; not copied, not to be changed
 */
public record Picture(int channels, int height, int width, byte[] planes) {
    public Picture {
        requireNonNull(planes, "planes");
        if (channels != 1 && channels != 3 || height < 1 || width < 1) {
            throw new IllegalArgumentException("picture: needs 1 or 3 channels and at least one pixel, was %dx%dx%d"
                    .formatted(channels, height, width));
        }
        if (planes.length != (long) channels * height * width) {
            throw new IllegalArgumentException(
                    "picture: %d bytes are not %dx%dx%d".formatted(planes.length, channels, height, width));
        }
    }

    /** The pixel at row y, column x as 0xRRGGBB. */
    public int rgb(int y, int x) {
        int plane = height * width;
        int at = y * width + x;
        int red = planes[at] & 0xFF;
        int green = channels == 1 ? red : planes[plane + at] & 0xFF;
        int blue = channels == 1 ? red : planes[2 * plane + at] & 0xFF;
        return red << 16 | green << 8 | blue;
    }

    /**
     * A rectangle of this picture.
     *
     * @throws IllegalArgumentException if it leaves the picture
     */
    public Picture crop(int top, int left, int rows, int columns) {
        if (top < 0 || left < 0 || rows < 1 || columns < 1 || top > height - rows || left > width - columns) {
            throw new IllegalArgumentException("crop: [%d, %d, %d, %d] leaves a picture of %dx%d"
                    .formatted(top, left, rows, columns, height, width));
        }
        byte[] cropped = new byte[channels * rows * columns];
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < rows; y++) {
                System.arraycopy(
                        planes, (c * height + top + y) * width + left, cropped, (c * rows + y) * columns, columns);
            }
        }
        return new Picture(channels, rows, columns, cropped);
    }

    /** This picture turned upright. */
    public Picture turned(Orientation orientation) {
        if (orientation == Orientation.UPRIGHT) {
            return this;
        }
        int tall = orientation.transposed() ? width : height;
        int wide = orientation.transposed() ? height : width;
        byte[] turned = new byte[planes.length];
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < tall; y++) {
                for (int x = 0; x < wide; x++) {
                    int column = orientation.mirrored() ? wide - 1 - x : x;
                    int row = orientation.flipped() ? tall - 1 - y : y;
                    int from = orientation.transposed() ? column * width + row : row * width + column;
                    turned[(c * tall + y) * wide + x] = planes[c * height * width + from];
                }
            }
        }
        return new Picture(channels, tall, wide, turned);
    }

    /** This picture resized (bilinear, antialiased) to exactly {@code toHeight} × {@code toWidth}. */
    public Picture resize(int toHeight, int toWidth) {
        return resize(toHeight, toWidth, Interpolation.BILINEAR);
    }

    /**
     * This picture resized (antialiased) to exactly {@code toHeight} × {@code toWidth}; values are rounded once, at the end, and clipped.
     */
    public Picture resize(int toHeight, int toWidth, Interpolation interpolation) {
        if (toHeight == height && toWidth == width) {
            return this;
        }
        float[] values = new float[planes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = planes[i] & 0xFF;
        }
        float[] resized = Resize.crop(
                values, channels, height, width, 0, 0, height, width, toHeight, toWidth, interpolation);
        byte[] bytes = new byte[resized.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.clamp(Math.round(resized[i]), 0, 255);
        }
        return new Picture(channels, toHeight, toWidth, bytes);
    }

    /**
     * This picture with every pixel as a block of {@code factor} × {@code factor}: how small pictures are shown, so that what the
     * encoder saw stays visible.
     */
    public Picture enlarge(int factor) {
        if (factor < 1) {
            throw new IllegalArgumentException("enlarge: factor must be at least 1, was " + factor);
        }
        int tall = height * factor;
        int wide = width * factor;
        byte[] enlarged = new byte[channels * tall * wide];
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < tall; y++) {
                for (int x = 0; x < wide; x++) {
                    enlarged[(c * tall + y) * wide + x] = planes[(c * height + y / factor) * width + x / factor];
                }
            }
        }
        return new Picture(channels, tall, wide, enlarged);
    }

    /** The largest version that fits into a square of {@code side} pixels: whole enlargement, or an antialiased reduction. */
    public Picture thumbnail(int side) {
        int longer = Math.max(height, width);
        if (longer <= side) {
            return enlarge(side / longer);
        }
        double scale = (double) side / longer;
        return resize(Math.max(1, (int) Math.round(height * scale)), Math.max(1, (int) Math.round(width * scale)));
    }
}
