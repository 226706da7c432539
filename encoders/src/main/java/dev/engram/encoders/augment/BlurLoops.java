package dev.engram.encoders.augment;

import java.util.Arrays;

/**
 * A Gaussian blur with reflected borders (…cb|abc…) of the planes of one view, as in torchvision: along one axis, then along the other. Cost: 2·kernel
 * products a value.
 */
final class BlurLoops {
    private final int side;
    private final int reach;
    private final float[] weights;
    private final float[][] rows;
    private final float[] soft;

    /** @throws IllegalArgumentException if the kernel reaches beyond the view */
    BlurLoops(int side, ViewParameters.Blur blur) {
        this.side = side;
        this.reach = blur.kernel() / 2;
        this.weights = BlurWeights.of(side, blur.kernel(), blur.sigma());
        this.rows = new float[side][side];
        this.soft = new float[side];
    }

    void apply(float[][] planes) {
        for (float[] plane : planes) {
            alongColumns(plane);
            alongColumns(plane);
        }
    }

    /** Blurs from row to row and exchanges the axes: twice, it has blurred along both. */
    private void alongColumns(float[] plane) {
        for (int y = 0; y < side; y++) {
            System.arraycopy(plane, y * side, rows[y], 0, side);
        }
        for (int y = 0; y < side; y++) {
            Arrays.fill(soft, 0);
            for (int i = 0; i < weights.length; i++) {
                add(rows[BlurWeights.reflect(y + i - reach, side)], weights[i], soft);
            }
            for (int x = 0; x < side; x++) {
                plane[x * side + y] = soft[x];
            }
        }
    }

    private static void add(float[] row, float weight, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += weight * row[i];
        }
    }
}
