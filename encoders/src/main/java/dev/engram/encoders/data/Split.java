package dev.engram.encoders.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.engram.encoders.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which image of a data set belongs to which {@link Part}: explicit index lists, ascending. Immutable; equal by value.
 *
 * <p>A split says nothing by itself about the images: {@link SplitVerifier} checks it against the set it belongs to.
 */
public final class Split {
    /** What the file with {@link #toJson} is called inside a split's artifact. */
    public static final String FILE_NAME = "split.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

    private final String dataset;
    private final int images;
    private final long seed;
    private final Map<Part, int[]> parts = new EnumMap<>(Part.class);
    private final byte[] json;

    /**
     * @param dataset digest of the {@link ImageSet} the indices point into
     * @param images size of that set
     * @param seed what the split was drawn with; a record, not used again
     * @param parts index lists in any order; a part that is absent is empty
     */
    public Split(String dataset, int images, long seed, Map<Part, int[]> parts) {
        this.dataset = dataset;
        this.images = images;
        this.seed = seed;
        for (Part part : Part.values()) {
            int[] indices = parts.getOrDefault(part, new int[0]).clone();
            Arrays.sort(indices);
            this.parts.put(part, indices);
        }
        this.json = write();
    }

    /** Reads what {@link #toJson} wrote. */
    public static Split fromJson(byte[] json) {
        try {
            Form form = JSON.readValue(json, Form.class);
            if (form.version != Form.VERSION) {
                throw new InvalidSplitException("version: " + form.version + " is not " + Form.VERSION);
            }
            if (form.dataset == null || form.parts == null || form.parts.containsValue(null)) {
                throw new InvalidSplitException("split: dataset and parts must not be null");
            }
            Map<Part, int[]> parts = new EnumMap<>(Part.class);
            form.parts.forEach((key, indices) -> parts.put(part(key), indices));
            return new Split(form.dataset, form.images, form.seed, parts);
        } catch (IOException e) {
            throw new InvalidSplitException("split: not the expected JSON: " + e.getMessage());
        }
    }

    /** Digest of the data set the indices point into. */
    public String dataset() {
        return dataset;
    }

    /** Size of that data set. */
    public int images() {
        return images;
    }

    public long seed() {
        return seed;
    }

    /** The indices of one part, ascending; a copy. */
    public int[] indices(Part part) {
        return parts.get(part).clone();
    }

    public int size(Part part) {
        return parts.get(part).length;
    }

    /** What the candidate encoder f trains on: shared ∪ candidate, ascending. */
    public int[] trainingOfF() {
        return union(Part.SHARED, Part.CANDIDATE);
    }

    /** What the reference encoder g trains on: shared ∪ independent, ascending. */
    public int[] trainingOfG() {
        return union(Part.SHARED, Part.INDEPENDENT);
    }

    /** Canonical JSON: fixed key order, ascending indices, no blanks; the same split is always the same bytes. */
    public byte[] toJson() {
        return json.clone();
    }

    /** SHA-256 of {@link #toJson}: 64 hexadecimal digits. */
    public String digest() {
        return Sha256.hex(json);
    }

    private int[] union(Part one, Part other) {
        return IntStream.concat(Arrays.stream(parts.get(one)), Arrays.stream(parts.get(other))).sorted().toArray();
    }

    private byte[] write() {
        Map<String, int[]> lists = new TreeMap<>();
        parts.forEach((part, indices) -> lists.put(part.key(), indices));
        try {
            return JSON.writeValueAsString(new Form(dataset, images, lists, seed, Form.VERSION))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Part part(String key) {
        return Arrays.stream(Part.values())
                .filter(part -> part.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new InvalidSplitException("parts: unknown part \"" + key + "\""));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Split split && Arrays.equals(json, split.json);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(json);
    }

    @Override
    public String toString() {
        return "Split " + digest();
    }

    @JsonPropertyOrder({"dataset", "images", "parts", "seed", "version"})
    private record Form(
            @JsonProperty(required = true) String dataset,
            @JsonProperty(required = true) int images,
            @JsonProperty(required = true) Map<String, int[]> parts,
            @JsonProperty(required = true) long seed,
            @JsonProperty(required = true) int version) {
        static final int VERSION = 1;
    }
}
