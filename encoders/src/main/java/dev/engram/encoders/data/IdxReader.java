package dev.engram.encoders.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a grey image set from a pair of IDX files (images [N, H, W], labels [N]), plain or gzipped: MNIST, Fashion-MNIST, KMNIST
 * and the like.
 */
public final class IdxReader {
    private IdxReader() {}

    /**
     * @param classNames one name per label value
     * @throws CorruptFileException if a file is damaged or both do not belong together
     */
    public static ImageSet read(String name, Path images, Path labels, List<String> classNames) throws IOException {
        return combine(
                name,
                images.getFileName().toString(),
                IdxArray.read(images),
                labels.getFileName().toString(),
                IdxArray.read(labels),
                classNames);
    }

    static ImageSet combine(
            String name, String imageFile, IdxArray images, String labelFile, IdxArray labels, List<String> classNames)
            throws CorruptFileException {
        int[] shape = images.dimensions();
        if (shape.length != 3 || shape[0] == 0 || shape[1] == 0 || shape[2] == 0) {
            throw new CorruptFileException(
                    imageFile, 3, "images need dimensions [N, H, W], none 0, has " + Arrays.toString(shape));
        }
        if (!Arrays.equals(labels.dimensions(), new int[] {shape[0]})) {
            throw new CorruptFileException(
                    labelFile,
                    3,
                    "labels need dimensions [%d] to match %s, has %s"
                            .formatted(shape[0], imageFile, Arrays.toString(labels.dimensions())));
        }
        ImageShape imageShape = new ImageShape(1, shape[1], shape[2]);
        ImageSetBuilder builder = new ImageSetBuilder(name, imageShape, classNames, shape[0]);
        for (int i = 0; i < shape[0]; i++) {
            int label = labels.values()[i] & 0xFF;
            if (label >= classNames.size()) {
                throw new CorruptFileException(
                        labelFile, 8L + i, "label %d, but there are %d classes".formatted(label, classNames.size()));
            }
            int from = i * imageShape.bytes();
            builder.add(Arrays.copyOfRange(images.values(), from, from + imageShape.bytes()), label);
        }
        return builder.build();
    }
}
