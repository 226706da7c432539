package dev.engram.encoders.augment;

import dev.engram.encoders.image.Interpolation;
import dev.engram.encoders.image.ResizeWeights;
import java.util.Arrays;

/**
 * Crop and antialiased resize of one view, flips included: rows are resized as they are read, then combined. The three channels of a row lie
 * behind each other, so that the combining loops are long enough for vector instructions even in small views.
 *
 * <p>Cost: a product for each weight of the filters; tables of 2·side rows of weights. Not thread-safe.
 */
final class ResizedCrop {
    private static final float[] UNIT = new float[256];
    private static final float[] WHOLE = {1};

    static {
        for (int value = 0; value < UNIT.length; value++) {
            UNIT[value] = value / 255f;
        }
    }

    /** The pixels that each pixel of the result is made of, from the first on, and how much of each. */
    private record Filters(int[] from, float[][] weights) {
        /** Weights that resize {@code length} pixels to {@code target}; of as many, each is its own. */
        static Filters of(int length, int target, Interpolation interpolation) {
            int[] from = new int[target];
            float[][] weights = new float[target][];
            ResizeWeights exact = length == target ? null : ResizeWeights.of(length, target, interpolation);
            for (int i = 0; i < target; i++) {
                from[i] = exact == null ? i : exact.from(i);
                weights[i] = exact == null ? WHOLE : floats(exact.weights(i));
            }
            return new Filters(from, weights);
        }

        private static float[] floats(double[] values) {
            float[] floats = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                floats[i] = (float) values[i];
            }
            return floats;
        }
    }

    private final int side;
    private final float[] combined;
    private float[] source = new float[0];
    private float[][] rows = new float[0][];

    /** @param side height and width of the result */
    ResizedCrop(int side) {
        this.side = side;
        this.combined = new float[ViewMaker.CHANNELS * side];
    }

    /**
     * Writes the resized crop, in [0, 1] (bicubic resizing may leave it a little).
     *
     * @param image bytes [3, height, width]
     * @param view whose crop lies in the padded image
     * @param planes receives [3][side · side]
     */
    void write(byte[] image, int height, int width, ViewParameters view, float[][] planes) {
        CropRectangle crop = view.crop();
        Filters down = Filters.of(crop.height(), side, view.interpolation());
        Filters across = Filters.of(crop.width(), side, view.interpolation());
        makeRoom(crop.height(), crop.width());
        for (int y = 0; y < crop.height(); y++) {
            for (int c = 0; c < ViewMaker.CHANNELS; c++) {
                read(image, c, height, width, crop.top() + y - view.padding(), crop.left() - view.padding(), crop.width());
                resize(across, view.horizontalFlip(), rows[y], c * side);
            }
        }
        for (int y = 0; y < side; y++) {
            float[] row = combine(down, y);
            int to = (view.verticalFlip() ? side - 1 - y : y) * side;
            for (int c = 0; c < ViewMaker.CHANNELS; c++) {
                System.arraycopy(row, c * side, planes[c], to, side);
            }
        }
    }

    private void makeRoom(int height, int width) {
        if (source.length < width) {
            source = new float[width];
        }
        int before = rows.length;
        if (before < height) {
            rows = Arrays.copyOf(rows, height);
            for (int y = before; y < height; y++) {
                rows[y] = new float[ViewMaker.CHANNELS * side];
            }
        }
    }

    /** One row of one channel as values in [0, 1]; what lies outside of the image is black. */
    private void read(byte[] image, int channel, int height, int width, int y, int left, int count) {
        boolean inside = y >= 0 && y < height;
        int first = inside ? Math.clamp(-left, 0, count) : count;
        int end = inside ? Math.clamp(width - left, first, count) : count;
        Arrays.fill(source, 0, first, 0);
        Arrays.fill(source, end, count, 0);
        int row = (channel * height + y) * width + left;
        for (int x = first; x < end; x++) {
            source[x] = UNIT[image[row + x] & 0xFF];
        }
    }

    private void resize(Filters across, boolean mirror, float[] to, int offset) {
        float[] from = source;
        for (int x = 0; x < side; x++) {
            float[] weights = across.weights[x];
            int first = across.from[x];
            float sum = weights[0] * from[first];
            for (int j = 1; j < weights.length; j++) {
                sum += weights[j] * from[first + j];
            }
            to[offset + (mirror ? side - 1 - x : x)] = sum;
        }
    }

    private float[] combine(Filters down, int y) {
        float[] weights = down.weights[y];
        int from = down.from[y];
        if (weights.length == 1) {
            return rows[from];
        }
        scale(rows[from], weights[0], combined);
        for (int j = 1; j < weights.length; j++) {
            add(rows[from + j], weights[j], combined);
        }
        return combined;
    }

    private static void scale(float[] row, float weight, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = weight * row[i];
        }
    }

    private static void add(float[] row, float weight, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += weight * row[i];
        }
    }
}
