package dev.engram.encoders.corrupt;

import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.random.RandomStream;
import java.util.function.DoubleSupplier;

/** Fog: a plasma fractal, made by the diamond-square algorithm on a torus, laid over the image. */
final class Fog {
    private static final double ROUGHNESS = 100;

    private Fog() {}

    /** @param strength how thick it is, and by what its roughness is divided from scale to scale */
    static void apply(double[] values, ImageShape shape, double[] strength, RandomStream draws) {
        apply(values, shape, strength, draws::uniform);
    }

    static void apply(double[] values, ImageShape shape, double[] strength, DoubleSupplier uniform) {
        int side = Integer.highestOneBit(Math.max(2, Math.max(shape.height(), shape.width())) * 2 - 1);
        double[][] plasma = plasma(side, strength[1], uniform);
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        for (int i = 0; i < values.length; i++) {
            double thick = strength[0] * plasma[i / shape.width() % shape.height()][i % shape.width()];
            values[i] = (values[i] + thick) * largest / (largest + strength[0]);
        }
    }

    /** Heights from 0 to 1 on a square whose side is a power of two. Each scale fills the centers of its squares, then the middles of their upper and left sides. */
    static double[][] plasma(int side, double decay, DoubleSupplier uniform) {
        double[][] heights = new double[side][side];
        double roughness = ROUGHNESS;
        for (int step = side; step >= 2; step /= 2, roughness /= decay) {
            int half = step / 2;
            double wide = roughness;
            for (int y = 0; y < side; y += step) {
                for (int x = 0; x < side; x += step) {
                    double corners = heights[y][x] + at(heights, y + step, x) + at(heights, y, x + step) + at(heights, y + step, x + step);
                    heights[y + half][x + half] = displaced(corners, wide, uniform);
                }
            }
            for (int y = 0; y < side; y += step) {
                for (int x = 0; x < side; x += step) {
                    double around = heights[y + half][x + half] + at(heights, y - half, x + half) + heights[y][x] + at(heights, y, x + step);
                    heights[y][x + half] = displaced(around, wide, uniform);
                }
            }
            for (int y = 0; y < side; y += step) {
                for (int x = 0; x < side; x += step) {
                    double around = heights[y + half][x + half] + at(heights, y + half, x - half) + heights[y][x] + at(heights, y + step, x);
                    heights[y + half][x] = displaced(around, wide, uniform);
                }
            }
        }
        return scaled(heights);
    }

    private static double displaced(double sumOfFour, double roughness, DoubleSupplier uniform) {
        return sumOfFour / 4 + roughness * roughness * (2 * uniform.getAsDouble() - 1);
    }

    private static double at(double[][] heights, int y, int x) {
        return heights[Math.floorMod(y, heights.length)][Math.floorMod(x, heights.length)];
    }

    private static double[][] scaled(double[][] heights) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] row : heights) {
            for (double height : row) {
                least = Math.min(least, height);
                most = Math.max(most, height);
            }
        }
        for (double[] row : heights) {
            for (int x = 0; x < row.length; x++) {
                row[x] = (row[x] - least) / (most - least);
            }
        }
        return heights;
    }
}
