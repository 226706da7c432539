package dev.engram.attack.onemodel;

import dev.engram.encoders.augment.CropRectangle;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.image.Resize;
import java.nio.ByteBuffer;
import java.util.List;

/** Crops as pixels at 8×8, antialiased, in [0, 1]: the simplest thing in which backgrounds can be alike. */
public final class CropFeatures {
    private static final int SIDE = 8;
    private static final float WHITE = 255;

    private CropFeatures() {}

    /** One row a crop, [C·8·8]; at least one crop. */
    public static FeatureMatrix pixels(ImageSet images, int[] indices, List<CropRectangle> parts) {
        ImageShape shape = images.shape();
        FeatureMatrix matrix = FeatureMatrix.zeros(indices.length, shape.channels() * SIDE * SIDE);
        float[] values = new float[shape.bytes()];
        for (int i = 0; i < indices.length; i++) {
            ByteBuffer image = images.image(indices[i]);
            for (int j = 0; j < values.length; j++) {
                values[j] = (image.get(j) & 0xFF) / WHITE;
            }
            CropRectangle part = parts.get(i);
            matrix.put(i, Resize.crop(
                    values,
                    shape.channels(),
                    shape.height(),
                    shape.width(),
                    part.top(),
                    part.left(),
                    part.height(),
                    part.width(),
                    SIDE,
                    SIDE));
        }
        return matrix;
    }
}
