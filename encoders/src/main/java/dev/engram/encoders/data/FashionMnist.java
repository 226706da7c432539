package dev.engram.encoders.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Fashion-MNIST: grey pictures 28×28 of ten kinds of clothing (H. Xiao, K. Rasul, R. Vollgraf, 2017,
 * <a href="https://arxiv.org/abs/1708.07747">arXiv:1708.07747</a>; MIT licence). The 10,000-image test set ships with the
 * project; the 60,000 training images are read from the official files by {@link IdxImages}.
 */
public final class FashionMnist {
    public static final List<String> CLASS_NAMES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    private static final String IMAGES = "t10k-images-idx3-ubyte.gz";
    private static final String LABELS = "t10k-labels-idx1-ubyte.gz";

    private FashionMnist() {}

    /** The bundled test set: 10,000 images, 1,000 of each class, ids 0 … 9,999. Takes about 0.2 s and 8 MB. */
    public static ImageSet test() {
        try {
            return CollectedImages.of("fashion-mnist-test", new IdxImages(resource(IMAGES), resource(LABELS), CLASS_NAMES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IdxImages.File resource(String name) {
        return new IdxImages.File(name, () -> FashionMnist.class.getResourceAsStream("fashion-mnist/" + name));
    }
}
