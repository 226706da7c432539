package dev.engram.encoders.features;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.eval.ExactKnn;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.eval.Neighbors;
import dev.engram.encoders.image.Resize;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Images of one list that nearly show an image of another, by the distance of features: exact nearest neighbours, no hashing. Cost: that of
 * the search, 2·images·others·dimension operations.
 */
public final class NearDuplicates {
    private static final int SIDE = 16;
    private static final float WHITE = 255;

    private NearDuplicates() {}

    /**
     * An image with the nearest one of the other list.
     *
     * @param row of the image
     * @param nearest row of the other
     * @param distance as {@link #of} says
     */
    public record Found(int row, int nearest, double distance) {}

    /**
     * All rows with a row of {@code others} at most {@code distance} away, nearest first, of equals the first.
     *
     * @param images features such that half the squared L2 distance of two rows is what {@code scale} turns into their distance
     * @param scale {@link Scale#COSINE} for rows of unit length, {@link Scale#ROOT_MEAN_SQUARE} for {@link #pixels}
     */
    public static List<Found> of(
            FeatureMatrix images,
            FeatureMatrix others,
            Scale scale,
            double distance,
            int threads,
            ExactKnn.Progress progress) {
        List<Found> found = new ArrayList<>();
        if (images.rows() == 0 || others.rows() == 0) {
            return found;
        }
        try (ExactKnn knn = new ExactKnn(others, threads)) {
            Neighbors nearest = knn.search(images, 1, progress);
            for (int row = 0; row < nearest.queries(); row++) {
                double apart = scale.distance(nearest.distances()[row][0]);
                if (apart <= distance) {
                    found.add(new Found(row, nearest.rows()[row][0], apart));
                }
            }
        }
        found.sort(Comparator.comparingDouble(Found::distance).thenComparingInt(Found::row));
        return found;
    }

    /** What a squared L2 distance means. */
    public enum Scale {
        /** 1 - cosine, for rows of unit length. */
        COSINE {
            @Override
            double distance(double squared) {
                return squared / 2;
            }
        },
        /** Root mean square difference of pixels. */
        ROOT_MEAN_SQUARE {
            @Override
            double distance(double squared) {
                return Math.sqrt(squared);
            }
        };

        abstract double distance(double squared);
    }

    /** Images at 16×16, antialiased, values in [0, 1] over the root of their number: squared L2 is the mean square difference. */
    public static FeatureMatrix pixels(ImageSet images, int[] indices) {
        ImageShape shape = images.shape();
        int dimension = shape.channels() * SIDE * SIDE;
        float scale = (float) (1 / Math.sqrt(dimension));
        FeatureMatrix matrix = FeatureMatrix.zeros(indices.length, dimension);
        float[] values = new float[shape.bytes()];
        for (int i = 0; i < indices.length; i++) {
            ByteBuffer image = images.image(indices[i]);
            for (int j = 0; j < values.length; j++) {
                values[j] = (image.get(j) & 0xFF) / WHITE;
            }
            float[] small = Resize.crop(
                    values, shape.channels(), shape.height(), shape.width(), 0, 0, shape.height(), shape.width(), SIDE, SIDE);
            for (int j = 0; j < small.length; j++) {
                small[j] *= scale;
            }
            matrix.put(i, small);
        }
        return matrix;
    }
}
