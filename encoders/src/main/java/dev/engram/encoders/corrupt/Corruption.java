package dev.engram.encoders.corrupt;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.image.Picture;
import dev.engram.encoders.random.RandomStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * A way to spoil an image, in five severities: those of D. Hendrycks and T. Dietterich, "Benchmarking Neural Network Robustness to Common
 * Corruptions and Perturbations", ICLR 2019, <a href="https://arxiv.org/abs/1903.12261">arXiv 1903.12261</a>, but frost, which needs pictures of it, and spatter, with the strengths of the <a href="https://github.com/hendrycks/robustness">published code</a>. It has three tables: CIFAR-10-C for images
 * of up to 32 pixels, Tiny ImageNet-C up to 64, ImageNet-C above.
 *
 * <p>Deviations: results are rounded to the nearest byte where the code cuts off or stores a JPEG; random draws are Engram's; what the code writes for
 * squares of one side is done along each side.
 */
public enum Corruption {
    /** x + c·n, n normal. */
    GAUSSIAN_NOISE(
            Noise::gaussian, strengths(0.04, 0.06, 0.08, 0.09, 0.10), strengths(0.04, 0.08, 0.12, 0.15, 0.18),
            strengths(0.08, 0.12, 0.18, 0.26, 0.38)),
    /** Poisson(c·x) / c: what is counted of c photons. */
    SHOT_NOISE(Noise::shot, strengths(500, 250, 100, 75, 50), strengths(250, 100, 50, 30, 15), strengths(60, 25, 12, 5, 3)),
    /** A share c of the values becomes 0 or 1, each as likely. */
    IMPULSE_NOISE(
            Noise::impulse, strengths(0.01, 0.02, 0.03, 0.05, 0.07), strengths(0.01, 0.02, 0.05, 0.08, 0.14),
            strengths(0.03, 0.06, 0.09, 0.17, 0.27)),
    /** Gaussian kernel of deviation c pixels, cut at four deviations; the border repeats. */
    GAUSSIAN_BLUR(
            GaussianBlur::apply, strengths(0.4, 0.6, 0.7, 0.8, 1), strengths(0.5, 0.75, 1, 1.25, 1.5), strengths(1, 2, 3, 4, 6)),
    /** The value of HSV + c. */
    BRIGHTNESS(
            Light::brightness, strengths(0.05, 0.1, 0.15, 0.2, 0.3), strengths(0.1, 0.2, 0.3, 0.4, 0.5), strengths(0.1, 0.2, 0.3, 0.4, 0.5)),
    /** c·x + (1 - c)·m, m the mean of the channel. */
    CONTRAST(Light::contrast, strengths(0.75, 0.5, 0.4, 0.3, 0.15), strengths(0.4, 0.3, 0.2, 0.1, 0.05), strengths(0.4, 0.3, 0.2, 0.1, 0.05)),
    /** Shrunk to c of its sides by mean, enlarged by repetition. */
    PIXELATE(
            Pixelation::apply, strengths(0.95, 0.9, 0.85, 0.75, 0.65), strengths(0.9, 0.8, 0.7, 0.6, 0.5),
            strengths(0.6, 0.5, 0.4, 0.3, 0.25)),
    /** x + x·c·n, n normal. */
    SPECKLE_NOISE(
            Noise::speckle, strengths(0.06, 0.1, 0.12, 0.16, 0.2), strengths(0.15, 0.2, 0.25, 0.3, 0.35),
            strengths(0.15, 0.2, 0.35, 0.45, 0.6)),
    /** Mean over a disk of radius c<sub>1</sub> pixels, its edge softened by a Gaussian of deviation c<sub>2</sub>; the border is a mirror. */
    DEFOCUS_BLUR(
            DefocusBlur::apply,
            pairs(0.3, 0.4, 0.4, 0.5, 0.5, 0.6, 1, 0.2, 1.5, 0.1),
            pairs(0.5, 0.6, 1, 0.1, 1.5, 0.1, 2.5, 0.01, 3, 0.1),
            pairs(3, 0.1, 4, 0.5, 6, 0.5, 8, 0.5, 10, 0.5)),
    /** Mean of the image and its enlargements by 1, 1 + c<sub>2</sub>, … below c<sub>1</sub>, cut to its center. */
    ZOOM_BLUR(
            ZoomBlur::apply,
            pairs(1.06, 0.01, 1.11, 0.01, 1.16, 0.01, 1.21, 0.01, 1.26, 0.01),
            pairs(1.06, 0.01, 1.11, 0.01, 1.16, 0.01, 1.21, 0.01, 1.26, 0.01),
            pairs(1.11, 0.01, 1.16, 0.01, 1.21, 0.02, 1.26, 0.02, 1.31, 0.03)),
    /** (x + c<sub>1</sub>·p)·m / (m + c<sub>1</sub>), p a plasma fractal in [0, 1] whose roughness falls by c<sub>2</sub> with each scale, m the largest value. */
    FOG(
            Fog::apply,
            pairs(0.2, 3, 0.5, 3, 0.75, 2.5, 1, 2, 1.5, 1.75),
            pairs(0.4, 3, 0.7, 3, 1, 2.5, 1.5, 2, 2, 1.75),
            pairs(1.5, 2, 2, 2, 2.5, 1.7, 2.5, 1.5, 3, 1.4)),
    /** The saturation of HSV times c<sub>1</sub> plus c<sub>2</sub>, at most 1. The first two severities take color away, the others add it. */
    SATURATE(
            Saturation::apply,
            pairs(0.3, 0, 0.1, 0, 1.5, 0, 2, 0.1, 2.5, 0.2),
            pairs(0.3, 0, 0.1, 0, 2, 0, 5, 0.1, 30, 0.2),
            pairs(0.3, 0, 0.1, 0, 2, 0, 5, 0.1, 20, 0.2)),
    /** Stored as a JPEG of quality c of 100, by the tables of the Independent JPEG Group, with colors of half the sides, and read again. */
    JPEG_COMPRESSION(
            JpegCompression::apply, strengths(80, 65, 58, 50, 40), strengths(65, 58, 50, 40, 25), strengths(25, 18, 15, 10, 7)),
    /** Blurred by c<sub>1</sub> pixels, each pixel replaced c<sub>3</sub> times by one up to c<sub>2</sub> away, blurred again. */
    GLASS_BLUR(
            GlassBlur::apply,
            tuples(3, 0.05, 1, 1, 0.25, 1, 1, 0.4, 1, 1, 0.25, 1, 2, 0.4, 1, 2),
            tuples(3, 0.1, 1, 1, 0.5, 1, 1, 0.6, 1, 2, 0.7, 2, 1, 0.9, 2, 2),
            tuples(3, 0.7, 1, 2, 0.9, 2, 1, 1, 2, 3, 1.1, 3, 2, 1.5, 4, 2)),
    /** Mean along a line of 2·c<sub>1</sub> pixels that fades with deviation c<sub>2</sub>, up to 45° from the row. */
    MOTION_BLUR(
            MotionBlur::apply,
            pairs(6, 1, 6, 1.5, 6, 2, 8, 2, 9, 2.5),
            pairs(10, 1, 10, 1.5, 10, 2, 10, 2.5, 12, 3),
            pairs(10, 3, 15, 5, 15, 8, 15, 12, 20, 15)),
    /** Three points moved by up to c<sub>3</sub> pixels, then each pixel by c<sub>1</sub> times a field smoothed over c<sub>2</sub>. The severities are of different kinds, not in order. */
    ELASTIC_TRANSFORM(
            Elastic::apply,
            tuples(3, 0, 0, 2.56, 1.6, 6.4, 2.24, 2.56, 1.92, 1.92, 3.2, 1.28, 1.6, 3.2, 0.96, 0.96),
            tuples(3, 0, 0, 5.12, 3.2, 19.2, 3.84, 6.4, 5.12, 3.84, 6.4, 1.92, 1.92, 10.24, 1.92, 1.28),
            tuples(3, 488, 170.8, 24.4, 488, 19.52, 48.8, 12.2, 2.44, 4.88, 17.08, 2.44, 4.88, 29.28, 2.44, 4.88)),
    /** Flakes: c<sub>1</sub> + c<sub>2</sub>·n enlarged by c<sub>3</sub>, where above c<sub>4</sub>, in motion (c<sub>5</sub>, c<sub>6</sub>); the picture keeps c<sub>7</sub> of its colors. */
    SNOW(
            Snow::apply,
            tuples(7, 0.1, 0.2, 1, 0.6, 8, 3, 0.95, 0.1, 0.2, 1, 0.5, 10, 4, 0.9, 0.15, 0.3, 1.75, 0.55, 10, 4, 0.9,
                    0.25, 0.3, 2.25, 0.6, 12, 6, 0.85, 0.3, 0.3, 1.25, 0.65, 14, 12, 0.8),
            tuples(7, 0.1, 0.2, 1, 0.6, 8, 3, 0.8, 0.1, 0.2, 1, 0.5, 10, 4, 0.8, 0.15, 0.3, 1.75, 0.55, 10, 4, 0.7,
                    0.25, 0.3, 2.25, 0.6, 12, 6, 0.65, 0.3, 0.3, 1.25, 0.65, 14, 12, 0.6),
            tuples(7, 0.1, 0.3, 3, 0.5, 10, 4, 0.8, 0.2, 0.3, 2, 0.5, 12, 4, 0.7, 0.55, 0.3, 4, 0.9, 12, 8, 0.7,
                    0.55, 0.3, 4.5, 0.85, 12, 8, 0.65, 0.55, 0.3, 2.5, 0.85, 12, 12, 0.55));

    /** The least is 1. */
    public static final int SEVEREST = 5;

    private static final int SMALL = 32;
    private static final int MIDDLE = 64;
    private static final double WHITE = 255;

    private final GeneralOperation operation;
    private final double[][] small;
    private final double[][] middle;
    private final double[][] large;

    /** Changes values in [0, 1] in place; what leaves that range is clipped afterwards. */
    interface Operation {
        /**
         * @param values [C, H, W]
         * @param draws of this image alone
         */
        void apply(double[] values, ImageShape shape, double strength, RandomStream draws);
    }

    /** One whose strength has several numbers. */
    interface GeneralOperation {
        /** As {@link Operation}, with the numbers of the strength. */
        void apply(double[] values, ImageShape shape, double[] strength, RandomStream draws);
    }

    Corruption(Operation operation, double[] small, double[] middle, double[] large) {
        this(
                (values, shape, strength, draws) -> operation.apply(values, shape, strength[0], draws),
                tuples(1, small),
                tuples(1, middle),
                tuples(1, large));
    }

    Corruption(GeneralOperation operation, double[][] small, double[][] middle, double[][] large) {
        this.operation = requireNonNull(operation, "operation");
        this.small = small;
        this.middle = middle;
        this.large = large;
    }

    /** Name in specs and tables: {@code gaussian_noise}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The strength c of a severity, one number or several.
     *
     * @param side the longer side of the images
     * @param severity 1 to 5
     */
    public double[] strength(int side, int severity) {
        if (severity < 1 || severity > SEVEREST) {
            throw new IllegalArgumentException("severity: must be 1 to %d, was %d".formatted(SEVEREST, severity));
        }
        return (side <= SMALL ? small : side <= MIDDLE ? middle : large)[severity - 1].clone();
    }

    /**
     * A spoiled copy of an image.
     *
     * @param draws of this image, corruption and severity alone
     */
    public Picture of(Picture image, int severity, RandomStream draws) {
        ImageShape shape = new ImageShape(image.channels(), image.height(), image.width());
        byte[] planes = image.planes();
        double[] values = new double[planes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (planes[i] & 0xFF) / WHITE;
        }
        operation.apply(values, shape, strength(Math.max(shape.height(), shape.width()), severity), draws);
        byte[] spoiled = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            spoiled[i] = (byte) Math.round(Math.clamp(values[i], 0, 1) * WHITE);
        }
        return new Picture(shape.channels(), shape.height(), shape.width(), spoiled);
    }

    private static double[] strengths(double... bySeverity) {
        return bySeverity;
    }

    /** Two numbers for each severity. */
    private static double[][] pairs(double... bySeverity) {
        return tuples(2, bySeverity);
    }

    private static double[][] tuples(int count, double... all) {
        double[][] tuples = new double[all.length / count][];
        Arrays.setAll(tuples, i -> Arrays.copyOfRange(all, i * count, (i + 1) * count));
        return tuples;
    }
}
