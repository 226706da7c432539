package dev.engram.attack.run;

import dev.engram.attack.crop.CropSelection;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.eval.FeatureMatrix;
import java.util.List;
import java.util.function.IntConsumer;

/** One encoder in evaluation mode: features of images at the cut, the same bits each time. */
interface FeatureSource extends AutoCloseable {

    /** Features of whole images, one row each, a matrix for each cut in the order asked for; {@code embedded} hears how many images each batch had. */
    List<FeatureMatrix> whole(ImageSet images, int[] indices, IntConsumer embedded);

    /** The same of a part of each image, resized to what the encoder takes and normalized as whole images are. */
    List<FeatureMatrix> crops(ImageSet images, CropSelection crops, IntConsumer embedded);

    @Override
    void close();
}
