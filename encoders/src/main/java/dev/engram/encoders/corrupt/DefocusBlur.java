package dev.engram.encoders.corrupt;

import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.random.RandomStream;

/**
 * What a lens out of focus makes of a point: a disk. Its edge is softened by a small Gaussian kernel (3 pixels, of disks of more than 8 pixels 5); outside the image, and
 * outside the square that the disk is drawn in, the picture continues as in a mirror that does not repeat the border. Cost: the pixels of the disk for each value.
 */
final class DefocusBlur {
    private static final int REACH = 8;

    private DefocusBlur() {}

    /** @param strength radius of the disk and deviation of its edge, in pixels */
    static void apply(double[] values, ImageShape shape, double[] strength, RandomStream draws) {
        double[][] kernel = kernel(strength[0], strength[1]);
        int height = shape.height();
        int width = shape.width();
        double[] sharp = values.clone();
        for (int plane = 0; plane < values.length; plane += height * width) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    values[plane + y * width + x] = mean(sharp, plane, height, width, y, x, kernel);
                }
            }
        }
    }

    private static double mean(double[] sharp, int plane, int height, int width, int y, int x, double[][] kernel) {
        int reach = kernel.length / 2;
        double sum = 0;
        for (int i = 0; i < kernel.length; i++) {
            int row = plane + Border.once(y + i - reach, height) * width;
            for (int j = 0; j < kernel.length; j++) {
                if (kernel[i][j] != 0) {
                    sum += kernel[i][j] * sharp[row + Border.once(x + j - reach, width)];
                }
            }
        }
        return sum;
    }

    /** The disk as weights that sum to 1. */
    static double[][] kernel(double radius, double deviation) {
        int reach = radius <= REACH ? REACH : (int) radius;
        int side = 2 * reach + 1;
        double[][] disk = new double[side][side];
        int inside = 0;
        for (int y = -reach; y <= reach; y++) {
            for (int x = -reach; x <= reach; x++) {
                if (x * x + y * y <= radius * radius) {
                    disk[y + reach][x + reach] = 1;
                    inside++;
                }
            }
        }
        double[] edge = GaussianBlur.weights(radius <= REACH ? 1 : 2, deviation);
        return transposed(softened(transposed(softened(disk, edge)), edge), inside);
    }

    /** Along rows. */
    private static double[][] softened(double[][] rows, double[] edge) {
        double[][] softened = new double[rows.length][rows.length];
        int reach = edge.length / 2;
        for (int y = 0; y < rows.length; y++) {
            for (int x = 0; x < rows.length; x++) {
                for (int i = 0; i < edge.length; i++) {
                    softened[y][x] += edge[i] * rows[y][Border.once(x + i - reach, rows.length)];
                }
            }
        }
        return softened;
    }

    private static double[][] transposed(double[][] rows) {
        return transposed(rows, 1);
    }

    private static double[][] transposed(double[][] rows, double divisor) {
        double[][] columns = new double[rows.length][rows.length];
        for (int y = 0; y < rows.length; y++) {
            for (int x = 0; x < rows.length; x++) {
                columns[x][y] = rows[y][x] / divisor;
            }
        }
        return columns;
    }
}
