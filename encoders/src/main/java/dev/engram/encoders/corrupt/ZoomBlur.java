package dev.engram.encoders.corrupt;

import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.random.RandomStream;

/** The mean of an image and of ever larger copies of it, as if one came nearer while it was taken. Each copy is linear between pixels and cut to the middle. */
final class ZoomBlur {
    private ZoomBlur() {}

    /**
     * Factors are numpy's {@code arange}, whose step is the difference of the first two: the last bit decides where half a pixel is rounded to.
     *
     * @param strength where factors end (not included), and the step between them; the first is 1
     */
    static void apply(double[] values, ImageShape shape, double[] strength, RandomStream draws) {
        int factors = (int) Math.ceil((strength[0] - 1) / strength[1]);
        double step = 1 + strength[1] - 1;
        double[] sharp = values.clone();
        for (int i = 0; i < factors; i++) {
            double factor = 1 + i * step;
            double[] nearer = enlarged(sharp, shape, factor);
            for (int at = 0; at < values.length; at++) {
                values[at] += nearer[at];
            }
        }
        for (int at = 0; at < values.length; at++) {
            values[at] /= factors + 1;
        }
    }

    /** The middle of every channel, enlarged. */
    static double[] enlarged(double[] values, ImageShape shape, double factor) {
        double[][] rows = positions(shape.height(), factor);
        double[][] columns = positions(shape.width(), factor);
        double[] enlarged = new double[values.length];
        for (int at = 0; at < values.length; at++) {
            int plane = at - at % (shape.height() * shape.width());
            double[] row = rows[at / shape.width() % shape.height()];
            double[] column = columns[at % shape.width()];
            double upper = between(values, plane + (int) row[0] * shape.width(), column);
            double lower = row[1] == 0 ? 0 : between(values, plane + ((int) row[0] + 1) * shape.width(), column);
            enlarged[at] = (1 - row[1]) * upper + row[1] * lower;
        }
        return enlarged;
    }

    private static double between(double[] values, int line, double[] position) {
        int at = line + (int) position[0];
        return position[1] == 0 ? values[at] : (1 - position[1]) * values[at] + position[1] * values[at + 1];
    }

    /**
     * For each pixel of an enlargement the pixel it begins at and how far it is to the next. The middle of a side, rounded up, is enlarged so that its ends stay the ends
     * (SciPy's {@code zoom}), and the middle of that is kept.
     */
    private static double[][] positions(int length, double factor) {
        int cut = (int) Math.ceil(length / factor);
        int first = (length - cut) / 2;
        int enlarged = (int) Math.rint(cut * factor);
        int trimmed = Math.max(0, (enlarged - length) / 2);
        double[][] positions = new double[length][];
        for (int i = 0; i < length; i++) {
            double position = enlarged == 1 ? 0 : Math.min(cut - 1, (double) (i + trimmed) * (cut - 1) / (enlarged - 1));
            int whole = (int) position;
            positions[i] = new double[] {first + whole, position - whole};
        }
        return positions;
    }
}
