package dev.engram.attack.run;

import dev.engram.attack.crop.CropSelection;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.eval.FeatureMatrix;
import java.util.function.IntConsumer;

/** One encoder in evaluation mode: features of images at the cut, the same bits each time. */
interface FeatureSource extends AutoCloseable {

    /** Features of whole images, one row each; {@code embedded} hears how many images each batch had. */
    FeatureMatrix whole(ImageSet images, int[] indices, IntConsumer embedded);

    /** Features of a part of each image, resized to what the encoder takes and normalized as whole images are. */
    FeatureMatrix crops(ImageSet images, CropSelection crops, IntConsumer embedded);

    @Override
    void close();
}
