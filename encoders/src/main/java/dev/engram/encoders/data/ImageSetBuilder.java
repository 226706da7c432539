package dev.engram.encoders.data;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.file.Sha256;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects a known number of images into an {@link ImageSet}. Not thread-safe; used once. */
public final class ImageSetBuilder {
    private final String name;
    private final ImageShape shape;
    private final List<String> classNames;
    private final int[] labels;
    private final int[] ids;
    private final int[] repeatCounts;
    private final List<List<Box>> boxes = new ArrayList<>();
    private final MemorySegment digests;
    private final MemorySegment pixels;
    private int size;

    /**
     * @param capacity the most images that will be added, at least 1
     * @throws IllegalArgumentException if a class name is blank or used twice, or there is none
     */
    public ImageSetBuilder(String name, ImageShape shape, List<String> classNames, int capacity) {
        this.name = requireNonNull(name, "name");
        this.shape = requireNonNull(shape, "shape");
        this.classNames = List.copyOf(classNames);
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: must be at least 1, was " + capacity);
        }
        ImageCheck.classNames(classNames);
        labels = new int[capacity];
        ids = new int[capacity];
        repeatCounts = new int[capacity];
        digests = Arena.ofAuto().allocate((long) capacity * Sha256.BYTES);
        pixels = Arena.ofAuto().allocate((long) capacity * shape.bytes());
    }

    /** Adds an image whose id is its index and that has no boxes. */
    public ImageSetBuilder add(byte[] image, int label) {
        return add(image, label, size, List.of());
    }

    /** Adds an image that is not repeated. */
    public ImageSetBuilder add(byte[] image, int label, int id, List<Box> objects) {
        return add(image, label, id, objects, 1);
    }

    /**
     * Adds an image.
     *
     * @param image bytes [C, H, W]; copied
     * @param label a position in the class names
     * @param id not negative; unique in the set is the caller's care
     * @param objects boxes inside the image
     * @param repeatCount how often an epoch of training visits it, at least 1
     */
    public ImageSetBuilder add(byte[] image, int label, int id, List<Box> objects, int repeatCount) {
        if (size == labels.length) {
            throw new IllegalStateException(name + ": capacity of " + size + " images is used up");
        }
        ImageCheck.image(name, size, shape, image, id, objects, repeatCount);
        if (label < 0 || label >= classNames.size()) {
            throw new IllegalArgumentException(
                    "%s image %d: label %d is not in 0 … %d".formatted(name, size, label, classNames.size() - 1));
        }
        MemorySegment.copy(MemorySegment.ofArray(image), 0, pixels, (long) size * shape.bytes(), image.length);
        labels[size] = label;
        ids[size] = id;
        repeatCounts[size] = repeatCount;
        boxes.add(List.copyOf(objects));
        MemorySegment.copy(
                MemorySegment.ofArray(Sha256.digest().digest(image)), 0, digests, (long) size * Sha256.BYTES, Sha256.BYTES);
        size++;
        return this;
    }

    /** The set of all images added so far. */
    public ImageSet build() {
        return new ImageSet(
                name,
                shape,
                classNames,
                Arrays.copyOf(labels, size),
                Arrays.copyOf(ids, size),
                Arrays.copyOf(repeatCounts, size),
                boxes,
                Pixels.of(pixels.asSlice(0, (long) size * shape.bytes()), shape.bytes()),
                digests.asSlice(0, (long) size * Sha256.BYTES));
    }
}
