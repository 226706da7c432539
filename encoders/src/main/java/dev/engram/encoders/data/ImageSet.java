package dev.engram.encoders.data;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.file.Sha256;
import dev.engram.encoders.image.Picture;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * Labelled images of one shape: pixels as bytes [N, C, H, W] outside the heap (allocated or in mapped files), one label, one id,
 * a repeat count and any number of boxes per image. Immutable and thread-safe; its memory is freed when it is no longer reachable.
 *
 * <p>An image is addressed by its <em>index</em> 0 … N-1; its <em>id</em> names it in the data set it came from, survives
 * {@link #select} and is what random draws depend on. Made by {@link ImageSetBuilder}, the readers of this package, or
 * {@link ImageSetFile#open}.
 */
public final class ImageSet {
    private final String name;
    private final ImageShape shape;
    private final List<String> classNames;
    private final int[] labels;
    private final int[] ids;
    private final int[] repeatCounts;
    private final List<List<Box>> boxes;
    private final Pixels pixels;
    private final MemorySegment digests;
    private final String digest;

    ImageSet(
            String name,
            ImageShape shape,
            List<String> classNames,
            int[] labels,
            int[] ids,
            int[] repeatCounts,
            List<List<Box>> boxes,
            Pixels pixels,
            MemorySegment digests) {
        this.name = requireNonNull(name, "name");
        this.shape = requireNonNull(shape, "shape");
        this.classNames = List.copyOf(classNames);
        this.labels = labels;
        this.ids = ids;
        this.repeatCounts = repeatCounts;
        this.boxes = List.copyOf(boxes);
        this.pixels = pixels;
        this.digests = digests;
        this.digest = ImageSetDigest.of(this);
    }

    /** What people call it, e.g. {@code fashion-mnist}. Not part of {@link #digest}. */
    public String name() {
        return name;
    }

    /** The number of images N. */
    public int size() {
        return labels.length;
    }

    public ImageShape shape() {
        return shape;
    }

    /** One name per class; labels are positions in this list. */
    public List<String> classNames() {
        return classNames;
    }

    public int label(int index) {
        return labels[index];
    }

    /** A copy of all labels, by index. */
    public int[] labels() {
        return labels.clone();
    }

    /** The labels of the given images. */
    public int[] labels(int[] indices) {
        return Arrays.stream(indices).map(i -> labels[i]).toArray();
    }

    public int id(int index) {
        return ids[index];
    }

    /** The ids of the given images. */
    public int[] ids(int[] indices) {
        return Arrays.stream(indices).map(i -> ids[i]).toArray();
    }

    /** How often an epoch of training visits an image, at least 1: see {@link Visits}. */
    public int repeatCount(int index) {
        return repeatCounts[index];
    }

    /** Whether an epoch of training visits some image more than once. */
    public boolean hasRepeats() {
        return Arrays.stream(repeatCounts).anyMatch(count -> count > 1);
    }

    /** The object boxes of an image, possibly none. */
    public List<Box> boxes(int index) {
        return boxes.get(index);
    }

    /** A read-only view of one image's bytes [C, H, W]; no copy. */
    public ByteBuffer image(int index) {
        Objects.checkIndex(index, size());
        return pixels.of(index).asByteBuffer();
    }

    /** A copy of one image as a picture, for people to look at. */
    public Picture picture(int index) {
        byte[] planes = new byte[shape.bytes()];
        image(index).get(planes);
        return new Picture(shape.channels(), shape.height(), shape.width(), planes);
    }

    /**
     * Copies the given images into a new direct buffer [n, C, H, W], one block copy per image; what a tensor is made from.
     *
     * @throws IllegalArgumentException if the result would exceed 2 GiB
     */
    public ByteBuffer gather(int[] indices) {
        long bytes = (long) indices.length * shape.bytes();
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("gather: %d images of %s exceed 2 GiB".formatted(indices.length, shape));
        }
        ByteBuffer target = ByteBuffer.allocateDirect((int) bytes);
        gather(indices, target);
        return target;
    }

    /** Copies the given images [n, C, H, W] to the start of {@code target}, which must have room for them. */
    public void gather(int[] indices, ByteBuffer target) {
        copy(indices, MemorySegment.ofBuffer(target));
    }

    /** SHA-256 of one image's bytes: equal digests mean equal pixels. */
    public String imageDigest(int index) {
        return HexFormat.of().formatHex(rawImageDigest(index));
    }

    byte[] rawImageDigest(int index) {
        return digests.asSlice((long) index * Sha256.BYTES, Sha256.BYTES).toArray(ValueLayout.JAVA_BYTE);
    }

    /** The digests of all images, one after the other. */
    MemorySegment rawImageDigests() {
        return digests;
    }

    /** How many files the pixels are in; 1 if they are in none. */
    public int shards() {
        return pixels.shards();
    }

    /** SHA-256 over shape, class names, labels, ids, boxes, repeat counts and every image: 64 hexadecimal digits. */
    public String digest() {
        return digest;
    }

    /** The images at {@code indices}, in that order, ids kept; copies pixels. */
    public ImageSet select(int[] indices) {
        MemorySegment copied = Arena.ofAuto().allocate(Math.max(1, (long) indices.length * shape.bytes()));
        copy(indices, copied);
        MemorySegment theirDigests = Arena.ofAuto().allocate(Math.max(1, (long) indices.length * Sha256.BYTES));
        for (int i = 0; i < indices.length; i++) {
            MemorySegment.copy(
                    digests, (long) indices[i] * Sha256.BYTES, theirDigests, (long) i * Sha256.BYTES, Sha256.BYTES);
        }
        return new ImageSet(
                name,
                shape,
                classNames,
                labels(indices),
                ids(indices),
                Arrays.stream(indices).map(i -> repeatCounts[i]).toArray(),
                Arrays.stream(indices).mapToObj(boxes::get).toList(),
                Pixels.of(copied, shape.bytes()),
                theirDigests);
    }

    private void copy(int[] indices, MemorySegment target) {
        int bytes = shape.bytes();
        for (int i = 0; i < indices.length; i++) {
            Objects.checkIndex(indices[i], size());
            MemorySegment.copy(pixels.of(indices[i]), 0, target, (long) i * bytes, bytes);
        }
    }

    @Override
    public String toString() {
        return "%s (%d images %s, %d classes)".formatted(name, size(), shape, classNames.size());
    }
}
