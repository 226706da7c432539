package dev.engram.encoders.image;

import java.util.Arrays;
import java.util.List;

/**
 * The filters of a first layer side by side as a picture: each scaled to its own range, so that its lowest value is black and its highest is
 * white; a filter of one value is grey. Filters of one or three channels are shown as such, others by the mean of their channels.
 *
 * @param filters how many
 * @param columns filters a row
 * @param cell side of one filter in the picture, pixels
 * @param picture with 1 pixel of black between filters and around them
 */
public record FilterSheet(int filters, int columns, int cell, Picture picture) {
    private static final int SMALLEST_CELL = 24;
    private static final int MOST_FILTERS = 1024;
    private static final int RGB = 3;
    private static final byte GREY = (byte) 128;

    /**
     * Draws filters.
     *
     * @param values of the weights, row-major
     * @param shape {@code [filters, channels, height, width]}; of more than 1,024 filters the first are shown
     */
    public static FilterSheet of(float[] values, List<Long> shape) {
        int count = (int) Math.min(MOST_FILTERS, shape.get(0));
        int channels = Math.toIntExact(shape.get(1));
        int height = Math.toIntExact(shape.get(2));
        int width = Math.toIntExact(shape.get(3));
        int columns = (int) Math.ceil(Math.sqrt(count * 1.5));
        int factor = Math.max(1, Math.ceilDiv(SMALLEST_CELL, Math.max(height, width)));
        int rows = Math.ceilDiv(count, columns);
        int cell = Math.max(height, width) * factor;
        Picture sheet = black(1 + rows * (cell + 1), 1 + columns * (cell + 1));
        for (int i = 0; i < count; i++) {
            int from = i * channels * height * width;
            float[] filter = Arrays.copyOfRange(values, from, from + channels * height * width);
            paint(sheet, rgb(filter, channels, height, width).enlarge(factor), 1 + i / columns * (cell + 1), 1 + i % columns * (cell + 1));
        }
        return new FilterSheet(count, columns, cell, sheet);
    }

    /** The picture as a PNG file. */
    public byte[] png() {
        return Png.encode(picture);
    }

    private static Picture rgb(float[] filter, int channels, int height, int width) {
        int plane = height * width;
        float[] shown = filter;
        if (channels != 1 && channels != RGB) {
            shown = new float[plane];
            for (int i = 0; i < filter.length; i++) {
                shown[i % plane] += filter[i] / channels;
            }
        }
        byte[] scaled = scaled(shown);
        byte[] planes = new byte[RGB * plane];
        for (int c = 0; c < RGB; c++) {
            System.arraycopy(scaled, scaled.length == plane ? 0 : c * plane, planes, c * plane, plane);
        }
        return new Picture(RGB, height, width, planes);
    }

    private static byte[] scaled(float[] values) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = high > low ? (byte) Math.round(255 * (values[i] - low) / (high - low)) : GREY;
        }
        return bytes;
    }

    private static Picture black(int height, int width) {
        return new Picture(RGB, height, width, new byte[RGB * height * width]);
    }

    private static void paint(Picture sheet, Picture filter, int top, int left) {
        for (int c = 0; c < RGB; c++) {
            for (int y = 0; y < filter.height(); y++) {
                System.arraycopy(
                        filter.planes(), (c * filter.height() + y) * filter.width(),
                        sheet.planes(), (c * sheet.height() + top + y) * sheet.width() + left, filter.width());
            }
        }
    }
}
