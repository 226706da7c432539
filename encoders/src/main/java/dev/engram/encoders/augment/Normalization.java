package dev.engram.encoders.augment;

import java.util.List;

/**
 * Per-channel (x - mean) / deviation, the last step before an encoder; x in [0, 1].
 *
 * @param mean red, green, blue
 * @param deviation red, green, blue; positive
 */
public record Normalization(List<Double> mean, List<Double> deviation) {
    /** [0, 1] → [-1, 1]. */
    public static final Normalization HALF = new Normalization(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));

    /** The moments of CIFAR-10's training pixels. */
    public static final Normalization CIFAR_10 =
            new Normalization(List.of(0.4914, 0.4822, 0.4465), List.of(0.2023, 0.1994, 0.2010));

    /** The moments of ImageNet's training pixels. */
    public static final Normalization IMAGENET =
            new Normalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

    public Normalization {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.size() != 3 || deviation.size() != 3) {
            throw new IllegalArgumentException("normalization: needs 3 means and 3 deviations");
        }
        if (mean.stream().anyMatch(m -> !Double.isFinite(m)) || deviation.stream().anyMatch(d -> !(d > 0))) {
            throw new IllegalArgumentException("normalization: means must be finite, deviations positive");
        }
    }

    float[] means() {
        return floats(mean);
    }

    float[] deviations() {
        return floats(deviation);
    }

    private static float[] floats(List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return floats;
    }
}
