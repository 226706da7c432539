package dev.engram.encoders.data;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.engram.encoders.file.CorruptFileException;
import dev.engram.encoders.file.Sha256;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * An {@link ImageSet} as a safetensors file (so Python reads it with {@code safetensors.numpy.load_file}) whose pixels are used where
 * they lie, through a memory map. The pixels of a large set are in files beside it, {@code pixels-00000.safetensors} and so on, each with
 * one tensor {@code pixels} of consecutive images: see {@link ImageSetWriter}.
 *
 * <p>Tensors: {@code labels} I32 [N], {@code ids} I32 [N], {@code repeat_counts} I32 [N]
 * (only if an image is repeated), {@code boxes} I32 [B, 5] (image index, xmin, ymin, xmax, ymax),
 * {@code digests} U8 [N, 32] (SHA-256 of each image), {@code pixels} U8 [N, C, H, W]. Metadata: {@code format}, {@code version},
 * {@code name}, {@code classes} (a JSON list), {@code digest} of the set, {@code seal} of digest and name. The same set is always
 * the same bytes; any changed bit is noticed.
 */
public final class ImageSetFile {
    /** What the file is called inside a data set's artifact. */
    public static final String FILE_NAME = "images.safetensors";

    private static final ValueLayout.OfInt LITTLE_INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private ImageSetFile() {}

    /**
     * Writes {@code set} to {@code path}, pixels and all: into a neighbouring temporary file first, then renamed, so that a half-written
     * file never carries the name.
     */
    public static void write(ImageSet set, Path path) throws IOException {
        write(set, path, 0);
    }

    /** @param imagesPerShard 0 to write the pixels too, else they are in the {@link PixelShard}s beside {@code path} */
    static void write(ImageSet set, Path path, int imagesPerShard) throws IOException {
        ImageSetHeader header = ImageSetHeader.of(set, imagesPerShard);
        Path temporary = path.resolveSibling(path.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                writeFully(channel, header.encode());
                writeFully(channel, index(set, header));
                for (int i = 0; i < set.size() && imagesPerShard == 0; i++) {
                    writeFully(channel, set.image(i));
                }
                channel.force(true);
            }
            Files.move(temporary, path, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Maps {@code path}, and the shards beside it if its pixels are in some, and verifies them: structure, sizes, and the digest of
     * every image (about 1 GB/s). Nothing of the pixels is held on the heap.
     *
     * @throws CorruptFileException if a file is cut short, changed or something else, with the byte
     */
    public static ImageSet open(Path path) throws IOException {
        String file = path.getFileName().toString();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
            ImageSetHeader header = ImageSetHeader.decode(file, bytes);
            ImageSet set = read(path, header, bytes);
            if (!set.digest().equals(header.digest())) {
                throw new CorruptFileException(
                        file, 0, "labels, ids, boxes, repeat counts or class names changed: digest is " + set.digest() + ", should be "
                                + header.digest());
            }
            return set;
        }
    }

    private static ImageSet read(Path path, ImageSetHeader header, MemorySegment bytes) throws IOException {
        String file = path.getFileName().toString();
        int images = header.images();
        ImageShape shape = header.shape();
        Pixels pixels = pixels(path, header, bytes);
        MemorySegment digests = bytes.asSlice(header.digests(), (long) images * Sha256.BYTES);
        for (int i = 0; i < images; i++) {
            byte[] expected = digests.asSlice((long) i * Sha256.BYTES, Sha256.BYTES).toArray(JAVA_BYTE);
            if (!Arrays.equals(expected, Sha256.of(pixels.of(i).asByteBuffer()))) {
                boolean sharded = header.imagesPerShard() > 0;
                long place = sharded ? i % header.imagesPerShard() : i;
                throw new CorruptFileException(
                        sharded ? PixelShard.fileName(i / header.imagesPerShard()) : file,
                        (sharded ? PixelShard.HEADER : header.pixels()) + place * shape.bytes(),
                        "image " + i + " or its digest changed since it was written");
            }
        }
        return new ImageSet(
                header.name(),
                shape,
                header.classNames(),
                integers(bytes, header.labels(), images),
                integers(bytes, header.ids(), images),
                repeatCounts(file, header, bytes),
                boxes(file, header, bytes),
                pixels,
                digests);
    }

    private static int[] repeatCounts(String file, ImageSetHeader header, MemorySegment bytes) throws CorruptFileException {
        if (!header.repeated()) {
            int[] once = new int[header.images()];
            Arrays.fill(once, 1);
            return once;
        }
        int[] counts = integers(bytes, header.repeatCounts(), header.images());
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] < 1) {
                throw new CorruptFileException(
                        file, header.repeatCounts() + (long) i * Integer.BYTES, "image " + i + " is repeated " + counts[i] + " times");
            }
        }
        return counts;
    }

    private static Pixels pixels(Path path, ImageSetHeader header, MemorySegment bytes) throws IOException {
        if (header.imagesPerShard() == 0) {
            long size = (long) header.images() * header.shape().bytes();
            return Pixels.of(bytes.asSlice(header.pixels(), size), header.shape().bytes());
        }
        List<MemorySegment> shards = new ArrayList<>();
        for (int shard = 0; shard < header.shards(); shard++) {
            int first = shard * header.imagesPerShard();
            shards.add(PixelShard.map(
                    path.resolveSibling(PixelShard.fileName(shard)),
                    header.shape(),
                    Math.min(header.imagesPerShard(), header.images() - first)));
        }
        return new Pixels(shards, header.imagesPerShard(), header.shape().bytes());
    }

    private static List<List<Box>> boxes(String file, ImageSetHeader header, MemorySegment bytes)
            throws CorruptFileException {
        List<List<Box>> boxes = new ArrayList<>(Collections.nCopies(header.images(), List.<Box>of()));
        for (int row = 0; row < header.boxCount(); row++) {
            long offset = header.boxes() + (long) row * ImageSetHeader.BOX_COLUMNS * Integer.BYTES;
            int[] box = integers(bytes, offset, ImageSetHeader.BOX_COLUMNS);
            if (box[0] < 0 || box[0] >= header.images()) {
                throw new CorruptFileException(file, offset, "box " + row + " is of image " + box[0]);
            }
            List<Box> ofImage = new ArrayList<>(boxes.get(box[0]));
            try {
                ofImage.add(new Box(box[1], box[2], box[3], box[4]));
            } catch (IllegalArgumentException e) {
                throw new CorruptFileException(file, offset, "box " + row + ": " + e.getMessage(), e);
            }
            boxes.set(box[0], List.copyOf(ofImage));
        }
        return boxes;
    }

    private static int[] integers(MemorySegment bytes, long offset, int count) {
        return bytes.asSlice(offset, (long) count * Integer.BYTES).toArray(LITTLE_INT);
    }

    private static ByteBuffer index(ImageSet set, ImageSetHeader header) {
        ByteBuffer index = ByteBuffer.allocate(header.indexBytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < set.size(); i++) {
            index.putInt(set.label(i));
        }
        for (int i = 0; i < set.size(); i++) {
            index.putInt(set.id(i));
        }
        for (int i = 0; i < set.size() && header.repeated(); i++) {
            index.putInt(set.repeatCount(i));
        }
        for (int i = 0; i < set.size(); i++) {
            for (Box box : set.boxes(i)) {
                index.putInt(i).putInt(box.xmin()).putInt(box.ymin()).putInt(box.xmax()).putInt(box.ymax());
            }
        }
        return index.put(set.rawImageDigests().asSlice(0, (long) set.size() * Sha256.BYTES).asByteBuffer()).flip();
    }

    static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
