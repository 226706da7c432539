package dev.engram.encoders.data;

import dev.engram.encoders.file.CorruptFileException;
import dev.engram.encoders.image.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Images and labels from a pair of IDX files, plain or gzipped: MNIST, Fashion-MNIST, KMNIST and the like. Images are [N, H, W], grey, or
 * [N, C, H, W] with C = 1 or 3.
 */
public final class IdxImages implements ImageSource {
    /** A file that can be read more than once. */
    public interface Opener {
        InputStream open() throws IOException;
    }

    /** A file and how it is opened; {@code name} is used in errors. */
    public record File(String name, Opener opener) {
        /** A file that is a place of its own. */
        public static File of(DataFiles files) throws IOException {
            DataFiles.Entry entry = files.list().getFirst();
            return new File(entry.fileName(), () -> files.open(entry.name()));
        }
    }

    private final File images;
    private final File labels;
    private final List<String> classNames;

    /** @param classNames one per label; empty to name each class by its label */
    public IdxImages(File images, File labels, List<String> classNames) {
        this.images = images;
        this.labels = labels;
        this.classNames = List.copyOf(classNames);
    }

    @Override
    public List<String> read(ImageSink sink) throws IOException {
        try (InputStream imageStream = images.opener().open();
                InputStream labelStream = labels.opener().open()) {
            CountedInput pixels = CountedInput.of(imageStream, images.name());
            CountedInput classes = CountedInput.of(labelStream, labels.name());
            int[] shape = IdxHeader.dimensions(pixels, images.name());
            int[] count = IdxHeader.dimensions(classes, labels.name());
            check(shape, count);
            ImageShape imageShape = new ImageShape(
                    shape.length == 3 ? 1 : shape[1], shape[shape.length - 2], shape[shape.length - 1]);
            int largest = 0;
            for (int i = 0; i < shape[0]; i++) {
                long at = classes.position();
                int label = classes.read(1, "the values")[0] & 0xFF;
                if (!classNames.isEmpty() && label >= classNames.size()) {
                    throw new CorruptFileException(
                            labels.name(), at, "label %d, but there are %d classes".formatted(label, classNames.size()));
                }
                largest = Math.max(largest, label);
                byte[] planes = pixels.read(imageShape.bytes(), "the values");
                sink.picture(
                        new Picture(imageShape.channels(), imageShape.height(), imageShape.width(), planes),
                        new ImageSink.Origin("%s image %d".formatted(images.name(), i), label, i, List.of()));
            }
            pixels.expectEnd();
            classes.expectEnd();
            return classNames.isEmpty() ? IntStream.rangeClosed(0, largest).mapToObj(Integer::toString).toList() : classNames;
        }
    }

    private void check(int[] shape, int[] count) throws CorruptFileException {
        boolean grey = shape.length == 3;
        boolean channels = shape.length == 4 && (shape[1] == 1 || shape[1] == 3);
        if (!grey && !channels || Arrays.stream(shape).anyMatch(size -> size == 0)) {
            throw new CorruptFileException(
                    images.name(), 3, "images need dimensions [N, H, W] or [N, C, H, W] with C = 1 or 3, none 0, has "
                            + Arrays.toString(shape));
        }
        if (Math.max(shape[shape.length - 1], shape[shape.length - 2]) > ImageShape.LARGEST_SIDE) {
            throw new CorruptFileException(images.name(), 4, "images are larger than %d pixels: %s"
                    .formatted(ImageShape.LARGEST_SIDE, Arrays.toString(shape)));
        }
        if (!Arrays.equals(count, new int[] {shape[0]})) {
            throw new CorruptFileException(
                    labels.name(),
                    3,
                    "labels need dimensions [%d] to match %s, has %s"
                            .formatted(shape[0], images.name(), Arrays.toString(count)));
        }
    }
}
