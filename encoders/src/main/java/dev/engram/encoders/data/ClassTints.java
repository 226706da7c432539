package dev.engram.encoders.data;

import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;

/** One colour a class, far from those of the classes before it: of some drawn colours each class takes the farthest from all taken. */
final class ClassTints {
    private static final int RGB = 3;
    private static final int DRAWN = 64;

    private ClassTints() {}

    /** Tints of classes 0 to {@code classes} - 1, each [3] in [0, 1]; a function of the seed, whatever the number of classes. */
    static float[][] of(long seed, int classes) {
        StatelessRandom random = StatelessRandom.of(seed, "class tints");
        float[][] tints = new float[classes][];
        for (int label = 0; label < classes; label++) {
            RandomStream draws = random.at(0, label, 0);
            double farthest = -1;
            for (int i = 0; i < DRAWN; i++) {
                float[] tint = draws.uniformFloats(RGB, 0, 1);
                double distance = nearest(tint, tints, label);
                if (distance > farthest) {
                    farthest = distance;
                    tints[label] = tint;
                }
            }
        }
        return tints;
    }

    private static double nearest(float[] tint, float[][] taken, int count) {
        double nearest = Double.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int c = 0; c < RGB; c++) {
                sum += (tint[c] - taken[i][c]) * (tint[c] - taken[i][c]);
            }
            nearest = Math.min(nearest, sum);
        }
        return nearest;
    }
}
