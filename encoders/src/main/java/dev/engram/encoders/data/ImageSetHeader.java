package dev.engram.encoders.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.engram.encoders.file.CorruptFileException;
import dev.engram.encoders.file.Sha256;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors header of an {@link ImageSetFile}: eight bytes with its length, then JSON, padded with blanks so that the data
 * starts at a multiple of 64. Offsets are absolute positions in the file.
 *
 * @param repeated whether the repeat count of each image is in the file; all are 1 if not
 * @param imagesPerShard 0 if the pixels are in this file, else how many each {@link PixelShard} holds
 */
record ImageSetHeader(
        String name,
        ImageShape shape,
        List<String> classNames,
        int images,
        int boxCount,
        boolean repeated,
        String digest,
        int imagesPerShard,
        long dataStart) {
    static final int BOX_COLUMNS = 5;

    private static final String FORMAT = "engram-image-set";
    private static final String WHOLE = "1";
    private static final String SHARDED = "2";
    private static final int ALIGNMENT = 64;
    private static final int LARGEST_HEADER = 100_000_000;
    private static final JsonMapper JSON = new JsonMapper();
    private static final ValueLayout.OfLong LITTLE_LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private record Tensor(
            @JsonProperty(required = true) String dtype,
            @JsonProperty(required = true) int[] shape,
            @JsonProperty(value = "data_offsets", required = true) long[] offsets) {}

    private record Root(
            @JsonProperty("__metadata__") Map<String, String> metadata,
            Tensor labels,
            Tensor ids,
            @JsonProperty("repeat_counts") Tensor repeatCounts,
            Tensor boxes,
            Tensor digests,
            Tensor pixels) {}

    /** @param imagesPerShard 0 if the pixels follow in the same file */
    static ImageSetHeader of(ImageSet set, int imagesPerShard) {
        int boxes = 0;
        for (int i = 0; i < set.size(); i++) {
            boxes += set.boxes(i).size();
        }
        ImageSetHeader header =
                new ImageSetHeader(
                        set.name(), set.shape(), set.classNames(), set.size(), boxes, set.hasRepeats(), set.digest(), imagesPerShard, 0);
        return header.startingAt(Long.BYTES + header.json().length);
    }

    long labels() {
        return dataStart;
    }

    long ids() {
        return labels() + 4L * images;
    }

    long repeatCounts() {
        return ids() + 4L * images;
    }

    long boxes() {
        return repeatCounts() + (repeated ? 4L * images : 0);
    }

    long digests() {
        return boxes() + 4L * BOX_COLUMNS * boxCount;
    }

    long pixels() {
        return digests() + (long) Sha256.BYTES * images;
    }

    long end() {
        return imagesPerShard > 0 ? pixels() : pixels() + (long) images * shape.bytes();
    }

    /** Files that hold the pixels; 0 if they are in this one. */
    int shards() {
        return imagesPerShard == 0 ? 0 : Math.ceilDiv(images, imagesPerShard);
    }

    int indexBytes() {
        return Math.toIntExact(pixels() - dataStart);
    }

    ByteBuffer encode() {
        byte[] json = json();
        return ByteBuffer.allocate(Long.BYTES + json.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .flip();
    }

    static ImageSetHeader decode(String file, MemorySegment bytes) throws CorruptFileException {
        if (bytes.byteSize() < Long.BYTES) {
            throw new CorruptFileException(file, bytes.byteSize(), "cut short inside the length of its header");
        }
        long length = bytes.get(LITTLE_LONG, 0);
        if (length < 2 || length > LARGEST_HEADER) {
            throw new CorruptFileException(file, 0, "not a safetensors file: its header would have " + length + " bytes");
        }
        if (bytes.byteSize() < Long.BYTES + length) {
            throw new CorruptFileException(file, bytes.byteSize(), "cut short inside its header of " + length + " bytes");
        }
        byte[] json = bytes.asSlice(Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE);
        ImageSetHeader header;
        try {
            header = parse(json);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new CorruptFileException(file, Long.BYTES, "not the header of an image set: " + e.getMessage(), e);
        }
        if (!Arrays.equals(json, header.json())) {
            throw new CorruptFileException(file, Long.BYTES, "the header is not as an image set's is written");
        }
        if (bytes.byteSize() < header.end()) {
            throw new CorruptFileException(
                    file, bytes.byteSize(), "cut short: " + (header.end() - bytes.byteSize()) + " bytes are missing");
        }
        if (bytes.byteSize() > header.end()) {
            throw new CorruptFileException(file, header.end(), "more bytes than the header says");
        }
        return header;
    }

    private static ImageSetHeader parse(byte[] json) throws JsonProcessingException {
        Root root = JSON.readValue(new String(json, StandardCharsets.UTF_8), Root.class);
        if (root == null || root.metadata == null) {
            throw new IllegalArgumentException("has no metadata");
        }
        boolean sharded = SHARDED.equals(root.metadata.get("version"));
        if (!FORMAT.equals(root.metadata.get("format")) || !sharded && !WHOLE.equals(root.metadata.get("version"))) {
            throw new IllegalArgumentException("metadata must say format %s, version %s or %s".formatted(FORMAT, WHOLE, SHARDED));
        }
        String[] classes = JSON.readValue(root.metadata.getOrDefault("classes", "null"), String[].class);
        if (classes == null || Arrays.asList(classes).contains(null)) {
            throw new IllegalArgumentException("metadata must list the classes");
        }
        int[] pixels = sharded ? JSON.readValue(root.metadata.getOrDefault("pixels", "null"), int[].class) : shape(root.pixels, 4);
        int imagesPerShard = sharded ? Integer.parseInt(root.metadata.getOrDefault("images_per_shard", "")) : 0;
        if (pixels == null || pixels.length != 4 || pixels[0] < 0 || sharded && imagesPerShard < 1) {
            throw new IllegalArgumentException("metadata must say the shape of the pixels and how many images a shard has");
        }
        return new ImageSetHeader(
                root.metadata.getOrDefault("name", ""),
                new ImageShape(pixels[1], pixels[2], pixels[3]),
                List.of(classes),
                pixels[0],
                shape(root.boxes, 2)[0],
                root.repeatCounts != null,
                root.metadata.getOrDefault("digest", ""),
                imagesPerShard,
                Long.BYTES + (long) json.length);
    }

    private static int[] shape(Tensor tensor, int rank) {
        if (tensor == null || tensor.shape == null || tensor.shape.length != rank || tensor.shape[0] < 0) {
            throw new IllegalArgumentException("tensors pixels [N, C, H, W] and boxes [B, 5] are missing or misshapen");
        }
        return tensor.shape;
    }

    private byte[] json() {
        ImageSetHeader relative = startingAt(0);
        Map<String, Object> root = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        try {
            metadata.put("classes", JSON.writeValueAsString(classNames));
            metadata.put("digest", digest);
            metadata.put("format", FORMAT);
            if (imagesPerShard > 0) {
                metadata.put("images_per_shard", Integer.toString(imagesPerShard));
            }
            metadata.put("name", name);
            if (imagesPerShard > 0) {
                metadata.put("pixels", "[%d,%d,%d,%d]".formatted(images, shape.channels(), shape.height(), shape.width()));
            }
            metadata.put("seal", seal());
            metadata.put("version", imagesPerShard > 0 ? SHARDED : WHOLE);
            root.put("__metadata__", metadata);
            root.put("labels", tensor("I32", relative.labels(), relative.ids(), images));
            root.put("ids", tensor("I32", relative.ids(), relative.repeatCounts(), images));
            if (repeated) {
                root.put("repeat_counts", tensor("I32", relative.repeatCounts(), relative.boxes(), images));
            }
            root.put("boxes", tensor("I32", relative.boxes(), relative.digests(), boxCount, BOX_COLUMNS));
            root.put("digests", tensor("U8", relative.digests(), relative.pixels(), images, Sha256.BYTES));
            if (imagesPerShard == 0) {
                root.put(
                        "pixels",
                        tensor(
                                "U8", relative.pixels(), relative.end(), images, shape.channels(), shape.height(),
                                shape.width()));
            }
            byte[] json = JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
            int padded = (Long.BYTES + json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - Long.BYTES;
            byte[] result = Arrays.copyOf(json, padded);
            Arrays.fill(result, json.length, padded, (byte) ' ');
            return result;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Covers the name, which the set's digest leaves out. */
    private String seal() {
        return Sha256.hex((digest + name).getBytes(StandardCharsets.UTF_8));
    }

    private ImageSetHeader startingAt(long start) {
        return new ImageSetHeader(name, shape, classNames, images, boxCount, repeated, digest, imagesPerShard, start);
    }

    private static Tensor tensor(String dtype, long from, long to, int... shape) {
        return new Tensor(dtype, shape, new long[] {from, to});
    }
}
