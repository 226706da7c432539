package dev.engram.encoders.augment;

import dev.engram.encoders.image.Resize;

/** One view in plain Java, pixel by pixel: written for reading, the oracle of {@link ViewProgram} at any parameters. */
final class ReferenceView {
    private final int side;
    private final float[] x;

    private ReferenceView(float[] x, int side) {
        this.x = x;
        this.side = side;
    }

    static float[] of(byte[] image, int height, int width, int side, ViewParameters view, Normalization normalization) {
        int padding = view.padding();
        int tall = height + 2 * padding;
        int wide = width + 2 * padding;
        float[] unit = new float[3 * tall * wide];
        for (int i = 0; i < image.length; i++) {
            int c = i / (height * width);
            int y = i / width % height + padding;
            unit[(c * tall + y) * wide + i % width + padding] = (image[i] & 0xFF) / 255f;
        }
        CropRectangle crop = view.crop();
        float[] resized = Resize.crop(
                unit, 3, tall, wide, crop.top(), crop.left(), crop.height(), crop.width(), side, side, view.interpolation());
        ReferenceView reference = new ReferenceView(resized, side);
        reference.flip(view.horizontalFlip(), view.verticalFlip());
        view.jitter().ifPresent(jitter -> jitter.order().forEach(op -> reference.color(op, jitter.factor(op))));
        if (view.grayscale()) {
            reference.gray();
        }
        view.blur().ifPresent(blur -> reference.blur(blur.kernel(), blur.sigma()));
        view.solarize().ifPresent(reference::solarize);
        reference.normalize(normalization);
        return reference.x;
    }

    private int at(int c, int y, int x) {
        return (c * side + y) * side + x;
    }

    private void flip(boolean horizontally, boolean vertically) {
        float[] from = x.clone();
        for (int c = 0; c < 3; c++) {
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
            for (int c = 0; c < 3; c++) {
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
        float[] from = x.clone();
        int reach = kernel / 2;
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    double sum = 0;
                    double weights = 0;
                    for (int dy = -reach; dy <= reach; dy++) {
                        for (int dx = -reach; dx <= reach; dx++) {
                            double weight = Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
                            sum += weight * from[at(c, reflect(y + dy), reflect(x + dx))];
                            weights += weight;
                        }
                    }
                    this.x[at(c, y, x)] = (float) (sum / weights);
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

    private void normalize(Normalization normalization) {
        for (int i = 0; i < x.length; i++) {
            int c = i / (side * side);
            x[i] = (float) ((x[i] - normalization.mean().get(c)) / normalization.deviation().get(c));
        }
    }

    private static double clamp(double value) {
        return Math.max(0, Math.min(1, value));
    }
}
