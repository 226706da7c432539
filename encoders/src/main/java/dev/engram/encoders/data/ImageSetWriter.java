package dev.engram.encoders.data;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.file.Sha256;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Packs images one after the other into the files that {@link ImageSetFile#open} maps: pixels go straight to disk, the heap holds some 60
 * bytes an image. A set that fits into one shard becomes one file. Not thread-safe; used once.
 */
public final class ImageSetWriter implements AutoCloseable {
    /** Bytes of a shard's pixels unless said otherwise: 1 GiB. */
    public static final long SHARD_BYTES = 1L << 30;

    private final Path folder;
    private final String name;
    private final ImageShape shape;
    private final int imagesPerShard;
    private final ChannelMoments moments;
    private final List<List<Box>> boxes = new ArrayList<>();
    private int[] labels = new int[1024];
    private int[] ids = new int[1024];
    private int[] repeatCounts = new int[1024];
    private byte[] digests = new byte[1024 * Sha256.BYTES];
    private int size;
    private FileChannel shard;

    /**
     * @param folder where the files are written; other files of a packed set in it are replaced
     * @param shardBytes the most a shard's pixels may have; at least one image is in each
     */
    public ImageSetWriter(Path folder, String name, ImageShape shape, long shardBytes) {
        this.folder = requireNonNull(folder, "folder");
        this.name = requireNonNull(name, "name");
        this.shape = requireNonNull(shape, "shape");
        this.imagesPerShard = (int) Math.clamp(shardBytes / shape.bytes(), 1, Integer.MAX_VALUE);
        this.moments = new ChannelMoments(shape);
    }

    /** Adds an image that is not repeated. */
    public void add(byte[] image, int label, int id, List<Box> objects) throws IOException {
        add(image, label, id, objects, 1);
    }

    /**
     * Adds an image.
     *
     * @param image bytes [C, H, W]
     * @param label not negative
     * @param id not negative; unique in the set is the caller's care
     * @param objects boxes inside the image
     * @param repeatCount how often an epoch of training visits it, at least 1
     */
    public void add(byte[] image, int label, int id, List<Box> objects, int repeatCount) throws IOException {
        ImageCheck.image(name, size, shape, image, id, objects, repeatCount);
        if (label < 0) {
            throw new UnfitSourceException("%s image %d: label %d is negative".formatted(name, size, label));
        }
        if (size % imagesPerShard == 0) {
            nextShard();
        }
        if (size == labels.length) {
            int larger = Math.multiplyExact(size, 2);
            labels = Arrays.copyOf(labels, larger);
            ids = Arrays.copyOf(ids, larger);
            repeatCounts = Arrays.copyOf(repeatCounts, larger);
            digests = Arrays.copyOf(digests, Math.multiplyExact(larger, Sha256.BYTES));
        }
        ImageSetFile.writeFully(shard, ByteBuffer.wrap(image));
        moments.add(image);
        labels[size] = label;
        ids[size] = id;
        repeatCounts[size] = repeatCount;
        System.arraycopy(Sha256.digest().digest(image), 0, digests, size * Sha256.BYTES, Sha256.BYTES);
        boxes.add(List.copyOf(objects));
        size++;
    }

    /** Images added so far. */
    public int size() {
        return size;
    }

    /** Means and deviations of the images added so far. */
    public ChannelMoments moments() {
        return moments;
    }

    /**
     * Writes the index.
     *
     * @param classNames one per label
     * @return the files by name, {@link ImageSetFile#FILE_NAME} among them
     * @throws UnfitSourceException if no image was added, or a label has no name
     */
    public Map<String, Path> finish(List<String> classNames) throws IOException {
        ImageCheck.classNames(classNames);
        if (size == 0) {
            throw new UnfitSourceException(name + ": no image was added");
        }
        int largest = Arrays.stream(labels, 0, size).max().orElseThrow();
        if (largest >= classNames.size()) {
            throw new UnfitSourceException(
                    "%s: label %d has no name, there are %d classes".formatted(name, largest, classNames.size()));
        }
        endShard();
        Path index = folder.resolve(ImageSetFile.FILE_NAME);
        boolean whole = shards() == 1;
        ImageSetFile.write(mapped(classNames), index, whole ? 0 : imagesPerShard);
        Map<String, Path> files = new LinkedHashMap<>();
        files.put(ImageSetFile.FILE_NAME, index);
        for (int i = 0; i < shards(); i++) {
            if (whole) {
                Files.delete(path(i));
            } else {
                files.put(PixelShard.fileName(i), path(i));
            }
        }
        return files;
    }

    @Override
    public void close() throws IOException {
        if (shard != null) {
            shard.close();
        }
    }

    private ImageSet mapped(List<String> classNames) throws IOException {
        List<MemorySegment> pixels = new ArrayList<>();
        for (int i = 0; i < shards(); i++) {
            pixels.add(PixelShard.map(path(i), shape, Math.min(imagesPerShard, size - i * imagesPerShard)));
        }
        MemorySegment kept = Arena.ofAuto().allocate((long) size * Sha256.BYTES);
        MemorySegment.copy(MemorySegment.ofArray(digests), 0, kept, 0, kept.byteSize());
        return new ImageSet(
                name,
                shape,
                classNames,
                Arrays.copyOf(labels, size),
                Arrays.copyOf(ids, size),
                Arrays.copyOf(repeatCounts, size),
                boxes,
                new Pixels(pixels, imagesPerShard, shape.bytes()),
                kept);
    }

    private int shards() {
        return Math.ceilDiv(size, imagesPerShard);
    }

    private Path path(int index) {
        return folder.resolve(PixelShard.fileName(index));
    }

    private void nextShard() throws IOException {
        endShard();
        shard = FileChannel.open(
                path(size / imagesPerShard),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        shard.position(PixelShard.HEADER);
    }

    /** Fills in the header, now that the number of images is known. */
    private void endShard() throws IOException {
        if (shard == null || !shard.isOpen()) {
            return;
        }
        int images = (int) ((shard.size() - PixelShard.HEADER) / shape.bytes());
        shard.position(0);
        ImageSetFile.writeFully(shard, PixelShard.header(shape, images));
        shard.force(true);
        shard.close();
    }
}
