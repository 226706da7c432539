package dev.engram.encoders.augment;

import dev.engram.encoders.data.Box;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageShape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The largest rectangle of an image that touches no box: that with the longest shorter side, as the attack sees its central square; of equals
 * the one of largest area, then the uppermost, then the leftmost. {@link PeripheryCrop} considers fewer rectangles.
 *
 * <p>Boxes cut the image into at most (2n + 1)² cells; the largest rectangle of free cells above each row of them is found as under a
 * histogram, by a stack. Cost: O(n²) for n boxes. Boxes that leave the image count as far as they lie in it.
 *
 * @param minSide pixels the shorter side must exceed; at least 0
 */
public record EmptyRectangle(int minSide) {
    public EmptyRectangle {
        if (minSide < 0) {
            throw new IllegalArgumentException("min side must not be negative, is " + minSide);
        }
    }

    /** Rectangles whose shorter side exceeds a quarter of the image's. */
    public static EmptyRectangle over(ImageShape shape) {
        return new EmptyRectangle(PeripheryCrop.over(shape).minSide());
    }

    /** The central square of the rectangle, as {@link PeripheryCrop#seen}; empty if the image has none. */
    public Optional<CropRectangle> seen(ImageSet images, int index) {
        return of(images.shape().width(), images.shape().height(), images.boxes(index)).map(PeripheryCrop::centralSquare);
    }

    /** Why {@link #seen} is empty. */
    public LeftOut reason(ImageSet images, int index) {
        return images.boxes(index).isEmpty() ? LeftOut.NO_BOX : LeftOut.TOO_SMALL;
    }

    /** The rectangle in an image of that size in pixels, or empty if none is large enough or the image has no box. */
    Optional<CropRectangle> of(int width, int height, List<Box> boxes) {
        if (boxes.isEmpty()) {
            return Optional.empty();
        }
        List<Box> inside = boxes.stream().flatMap(box -> box.within(width, height).stream()).toList();
        Cells cells = Cells.of(width, height, inside);
        CropRectangle best = null;
        int[] free = new int[cells.columns()];
        for (int row = 0; row < cells.rows(); row++) {
            for (int column = 0; column < free.length; column++) {
                free[column] = cells.taken[row][column] ? 0 : free[column] + 1;
            }
            best = better(best, cells.largestAbove(row, free));
        }
        return Optional.ofNullable(best).filter(found -> Math.min(found.width(), found.height()) > minSide);
    }

    static CropRectangle better(CropRectangle one, CropRectangle other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        int order = Integer.compare(shorter(one), shorter(other));
        order = order != 0 ? order : Long.compare((long) one.width() * one.height(), (long) other.width() * other.height());
        order = order != 0 ? order : Integer.compare(other.top(), one.top());
        order = order != 0 ? order : Integer.compare(other.left(), one.left());
        return order >= 0 ? one : other;
    }

    private static int shorter(CropRectangle rectangle) {
        return Math.min(rectangle.width(), rectangle.height());
    }

    /** The image cut at every edge of a box. */
    private record Cells(int[] xs, int[] ys, boolean[][] taken) {
        static Cells of(int width, int height, List<Box> boxes) {
            TreeSet<Integer> xs = new TreeSet<>(List.of(0, width));
            TreeSet<Integer> ys = new TreeSet<>(List.of(0, height));
            for (Box box : boxes) {
                xs.addAll(List.of(box.xmin(), box.xmax()));
                ys.addAll(List.of(box.ymin(), box.ymax()));
            }
            int[] columns = xs.stream().mapToInt(Integer::intValue).toArray();
            int[] rows = ys.stream().mapToInt(Integer::intValue).toArray();
            return new Cells(columns, rows, taken(columns, rows, boxes));
        }

        int columns() {
            return xs.length - 1;
        }

        int rows() {
            return ys.length - 1;
        }

        /** Boxes counted at their corners, then summed along both axes. */
        private static boolean[][] taken(int[] xs, int[] ys, List<Box> boxes) {
            int[][] counts = new int[ys.length][xs.length];
            for (Box box : boxes) {
                int left = Arrays.binarySearch(xs, box.xmin());
                int right = Arrays.binarySearch(xs, box.xmax());
                int top = Arrays.binarySearch(ys, box.ymin());
                int bottom = Arrays.binarySearch(ys, box.ymax());
                counts[top][left]++;
                counts[top][right]--;
                counts[bottom][left]--;
                counts[bottom][right]++;
            }
            boolean[][] taken = new boolean[ys.length - 1][xs.length - 1];
            for (int y = 0; y < taken.length; y++) {
                for (int x = 0; x < taken[0].length; x++) {
                    counts[y][x] += (x > 0 ? counts[y][x - 1] : 0) + (y > 0 ? counts[y - 1][x] : 0)
                            - (x > 0 && y > 0 ? counts[y - 1][x - 1] : 0);
                    taken[y][x] = counts[y][x] > 0;
                }
            }
            return taken;
        }

        /** The best of the rectangles that end with this row and cannot be wider or taller. */
        private CropRectangle largestAbove(int row, int[] free) {
            int[] starts = new int[free.length + 1];
            int[] heights = new int[free.length + 1];
            int open = 0;
            CropRectangle best = null;
            for (int column = 0; column <= free.length; column++) {
                int height = column < free.length ? free[column] : 0;
                int start = column;
                while (open > 0 && heights[open - 1] > height) {
                    open--;
                    start = starts[open];
                    int top = ys[row + 1 - heights[open]];
                    best = better(best, new CropRectangle(top, xs[start], ys[row + 1] - top, xs[column] - xs[start]));
                }
                if (height > 0 && (open == 0 || heights[open - 1] < height)) {
                    starts[open] = start;
                    heights[open++] = height;
                }
            }
            return best;
        }
    }
}
