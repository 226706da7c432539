package dev.engram.encoders.augment;

import dev.engram.encoders.image.Picture;
import dev.engram.encoders.image.Resize;

/**
 * One view on the Java heap, pixel by pixel: what {@link ViewProgram} does to a batch, without native code, for servers that show a few
 * views. The two agree to the last rounding of a byte, and both agree with torchvision. Cost of a view: side² times the blur's kernel.
 */
public final class ViewPicture {
    private static final int CHANNELS = 3;
    private static final int BITS = 16;
    private static final long MASK = (1L << BITS) - 1;

    private final int side;
    private final float[] x;

    private ViewPicture(float[] x, int side) {
        this.x = x;
        this.side = side;
    }

    /**
     * A view as people see it, before normalization, rounded to bytes.
     *
     * @param image of three channels
     * @param side height and width of the view
     * @param view what happens to the image; the crop lies in the padded image
     */
    public static Picture of(Picture image, int side, ViewParameters view) {
        if (image.channels() != CHANNELS) {
            throw new IllegalArgumentException("image: views need 3 channels, it has " + image.channels());
        }
        float[] values = values(image.planes(), image.height(), image.width(), side, view);
        byte[] planes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            planes[i] = (byte) Math.clamp(Math.round(values[i] * 255), 0, 255);
        }
        return new Picture(CHANNELS, side, side, planes);
    }

    /**
     * A view before normalization: [3, side, side], in [0, 1] (bicubic resizing may leave it a little).
     *
     * @param image bytes [3, height, width]
     */
    static float[] values(byte[] image, int height, int width, int side, ViewParameters view) {
        int padding = view.padding();
        int tall = height + 2 * padding;
        int wide = width + 2 * padding;
        float[] unit = new float[CHANNELS * tall * wide];
        for (int i = 0; i < image.length; i++) {
            int c = i / (height * width);
            int y = i / width % height + padding;
            unit[(c * tall + y) * wide + i % width + padding] = (image[i] & 0xFF) / 255f;
        }
        CropRectangle crop = view.crop();
        float[] resized = Resize.crop(
                unit, CHANNELS, tall, wide, crop.top(), crop.left(), crop.height(), crop.width(), side, side, view.interpolation());
        ViewPicture picture = new ViewPicture(resized, side);
        picture.flip(view.horizontalFlip(), view.verticalFlip());
        view.jitter().ifPresent(jitter -> jitter.order().forEach(op -> picture.color(op, jitter.factor(op))));
        if (view.grayscale()) {
            picture.gray();
        }
        view.blur().ifPresent(blur -> picture.blur(blur.kernel(), blur.sigma()));
        view.solarize().ifPresent(picture::solarize);
        view.noise().ifPresent(picture::noise);
        return picture.x;
    }

    private int at(int c, int y, int x) {
        return (c * side + y) * side + x;
    }

    private void flip(boolean horizontally, boolean vertically) {
        float[] from = x.clone();
        for (int c = 0; c < CHANNELS; c++) {
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    this.x[at(c, y, x)] = from[at(c, vertically ? side - 1 - y : y, horizontally ? side - 1 - x : x)];
                }
            }
        }
    }

    private double luminance(int pixel) {
        int plane = side * side;
        return 0.2989 * x[pixel] + 0.587 * x[plane + pixel] + 0.114 * x[2 * plane + pixel];
    }

    private void color(ColorOperation operation, double factor) {
        int plane = side * side;
        double mean = 0;
        for (int p = 0; p < plane; p++) {
            mean += luminance(p) / plane;
        }
        for (int p = 0; p < plane; p++) {
            double[] rgb = {x[p], x[plane + p], x[2 * plane + p]};
            double luminance = luminance(p);
            double[] changed = operation == ColorOperation.HUE ? hue(rgb, factor) : new double[3];
            for (int c = 0; c < CHANNELS; c++) {
                x[c * plane + p] = (float) switch (operation) {
                    case BRIGHTNESS -> clamp(factor * rgb[c]);
                    case CONTRAST -> clamp(factor * rgb[c] + (1 - factor) * mean);
                    case SATURATION -> clamp(factor * rgb[c] + (1 - factor) * luminance);
                    case HUE -> changed[c];
                };
            }
        }
    }

    /** By way of HSV with its six sectors. */
    private static double[] hue(double[] rgb, double turn) {
        double v = Math.max(rgb[0], Math.max(rgb[1], rgb[2]));
        double chroma = v - Math.min(rgb[0], Math.min(rgb[1], rgb[2]));
        if (chroma == 0) {
            return rgb;
        }
        double sixths = v == rgb[0]
                ? (rgb[1] - rgb[2]) / chroma
                : v == rgb[1] ? 2 + (rgb[2] - rgb[0]) / chroma : 4 + (rgb[0] - rgb[1]) / chroma;
        double h = (sixths / 6 + turn + 2) % 1 * 6;
        double s = chroma / v;
        int sector = (int) h;
        double f = h - sector;
        double p = v * (1 - s);
        double q = v * (1 - s * f);
        double t = v * (1 - s * (1 - f));
        return switch (sector % 6) {
            case 0 -> new double[] {v, t, p};
            case 1 -> new double[] {q, v, p};
            case 2 -> new double[] {p, v, t};
            case 3 -> new double[] {p, q, v};
            case 4 -> new double[] {t, p, v};
            default -> new double[] {v, p, q};
        };
    }

    private void gray() {
        int plane = side * side;
        for (int p = 0; p < plane; p++) {
            float luminance = (float) luminance(p);
            x[p] = luminance;
            x[plane + p] = luminance;
            x[2 * plane + p] = luminance;
        }
    }

    private void blur(int kernel, double sigma) {
        int reach = kernel / 2;
        if (reach >= side) {
            throw new IllegalArgumentException("blur: kernel " + kernel + " needs images larger than " + reach + " pixels");
        }
        double[] weights = new double[kernel];
        double sum = 0;
        for (int i = 0; i < kernel; i++) {
            weights[i] = Math.exp(-(i - reach) * (i - reach) / (2 * sigma * sigma));
            sum += weights[i];
        }
        for (boolean down : new boolean[] {false, true}) {
            float[] from = x.clone();
            for (int c = 0; c < CHANNELS; c++) {
                for (int row = 0; row < side; row++) {
                    for (int column = 0; column < side; column++) {
                        double soft = 0;
                        for (int i = 0; i < kernel; i++) {
                            soft += weights[i] * (down
                                    ? from[at(c, reflect(row + i - reach), column)]
                                    : from[at(c, row, reflect(column + i - reach))]);
                        }
                        x[at(c, row, column)] = (float) (soft / sum);
                    }
                }
            }
        }
    }

    private int reflect(int position) {
        return position < 0 ? -position : position < side ? position : 2 * side - 2 - position;
    }

    private void solarize(double threshold) {
        for (int i = 0; i < x.length; i++) {
            x[i] = x[i] >= threshold ? 1 - x[i] : x[i];
        }
    }

    /** Four draws of each 64-bit word of a counter (SplitMix64), each the index of a normal quantile. */
    private void noise(ViewParameters.Noise noise) {
        float[] normals = NormalTable.values();
        for (int i = 0; i < x.length; i++) {
            long z = noise.key() + i / 4 * 0x9E3779B97F4A7C15L;
            z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
            z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
            z ^= z >>> 31;
            float normal = normals[(int) (z >>> BITS * (i % 4) & MASK)];
            x[i] = (float) clamp(normal * (float) noise.deviation() + x[i]);
        }
    }

    private static double clamp(double value) {
        return Math.max(0, Math.min(1, value));
    }
}
