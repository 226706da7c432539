package dev.engram.encoders.data;

import java.util.List;

/** The official binary layouts of CIFAR-10 and CIFAR-100 (A. Krizhevsky, 2009). */
public enum CifarLayout {
    CIFAR_10("cifar-10-batches-bin", 1, 0, 10, "batches.meta.txt", 10_000,
            List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"),
            "test_batch.bin"),
    /** By its 100 classes. */
    CIFAR_100_FINE("cifar-100-binary", 2, 1, 100, "fine_label_names.txt", 50_000, List.of("train.bin"), "test.bin"),
    /** By its 20 superclasses. */
    CIFAR_100_COARSE("cifar-100-binary", 2, 0, 20, "coarse_label_names.txt", 50_000, List.of("train.bin"), "test.bin");

    private final String folder;
    private final int labelBytes;
    private final int labelAt;
    private final int classes;
    private final String names;
    private final int imagesPerFile;
    private final List<String> training;
    private final String test;

    CifarLayout(
            String folder, int labelBytes, int labelAt, int classes, String names, int imagesPerFile, List<String> training, String test) {
        this.folder = folder;
        this.labelBytes = labelBytes;
        this.labelAt = labelAt;
        this.classes = classes;
        this.names = names;
        this.imagesPerFile = imagesPerFile;
        this.training = training;
        this.test = test;
    }

    /** What the archive unpacks to. */
    String folder() {
        return folder;
    }

    /** Bytes before the pixels of a record. */
    int labelBytes() {
        return labelBytes;
    }

    /** Which of them is the label. */
    int labelAt() {
        return labelAt;
    }

    int classes() {
        return classes;
    }

    /** The file with the names of the classes. */
    String names() {
        return names;
    }

    /** The most images of a file; ids of file k begin at k times this. */
    int imagesPerFile() {
        return imagesPerFile;
    }

    List<String> training() {
        return training;
    }

    String test() {
        return test;
    }
}
