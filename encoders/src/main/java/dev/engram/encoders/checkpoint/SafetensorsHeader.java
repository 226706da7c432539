package dev.engram.encoders.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.engram.encoders.file.CorruptFileException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The header of a safetensors file: eight bytes of little-endian length, then JSON, then the elements.
 *
 * <p>Format: <a href="https://github.com/huggingface/safetensors">github.com/huggingface/safetensors</a>. Everything the format
 * demands is checked: no overlap, no hole, sizes that follow from type and shape, no name twice.
 *
 * @param entries in the order of the JSON
 * @param metadata free text, sorted by key
 */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {
    static final int LENGTH_BYTES = 8;
    /** The format's own limit. */
    static final long MAX_JSON_BYTES = 100_000_000;

    private static final String METADATA = "__metadata__";
    private static final ObjectMapper JSON = new ObjectMapper()
            .configure(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, true)
            .configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true);

    /** One tensor; offsets count from the first byte after the header. */
    record Entry(String name, StoredType type, long[] shape, long begin, long end) {}

    /** Entries by where their elements lie. */
    List<Entry> byOffset() {
        return entries.stream().sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end)).toList();
    }

    /** The JSON, filled with spaces so that elements begin at a multiple of eight. */
    byte[] encode() {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = root.putObject(METADATA);
            new TreeMap<>(metadata).forEach(texts::put);
        }
        for (Entry entry : entries) {
            ObjectNode node = root.putObject(entry.name());
            node.put("dtype", entry.type().name());
            ArrayNode shape = node.putArray("shape");
            Arrays.stream(entry.shape()).forEach(shape::add);
            node.putArray("data_offsets").add(entry.begin()).add(entry.end());
        }
        byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + LENGTH_BYTES - 1) / LENGTH_BYTES * LENGTH_BYTES);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    /**
     * Reads and checks a header.
     *
     * @throws CorruptFileException naming the file and the byte
     */
    static SafetensorsHeader decode(String file, byte[] json) {
        JsonNode root = parse(file, json);
        if (!root.isObject()) {
            throw new CorruptFileException(file, LENGTH_BYTES, "the header is not a JSON object");
        }
        List<Entry> entries = new ArrayList<>();
        Map<String, String> metadata = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (field.getKey().equals(METADATA)) {
                readMetadata(file, field.getValue(), metadata);
                continue;
            }
            entries.add(entry(file, field.getKey(), field.getValue()));
        }
        SafetensorsHeader header = new SafetensorsHeader(List.copyOf(entries), metadata);
        header.checkCoverage(file, LENGTH_BYTES + (long) json.length);
        return header;
    }

    private void checkCoverage(String file, long dataStart) {
        long position = 0;
        for (Entry entry : byOffset()) {
            if (entry.begin() != position) {
                throw new CorruptFileException(file, dataStart + Math.min(position, entry.begin()),
                        "tensor %s begins at offset %d and %s".formatted(entry.name(), entry.begin(),
                                entry.begin() < position ? "overlaps another" : "leaves a hole after " + position));
            }
            position = entry.end();
        }
    }

    private static JsonNode parse(String file, byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            long at = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
            throw new CorruptFileException(file, LENGTH_BYTES + at, "the header is not JSON: " + e.getOriginalMessage());
        } catch (java.io.IOException e) {
            throw new CorruptFileException(file, LENGTH_BYTES, "the header is not JSON: " + e.getMessage());
        }
    }

    private static void readMetadata(String file, JsonNode node, Map<String, String> metadata) {
        for (Map.Entry<String, JsonNode> text : node.properties()) {
            if (!text.getValue().isTextual()) {
                throw new CorruptFileException(file, LENGTH_BYTES, "metadata " + text.getKey() + " is not text");
            }
            metadata.put(text.getKey(), text.getValue().textValue());
        }
        if (!node.isObject()) {
            throw new CorruptFileException(file, LENGTH_BYTES, METADATA + " is not a JSON object");
        }
    }

    private static Entry entry(String file, String name, JsonNode node) {
        StoredType type = StoredType.named(node.path("dtype").asText()).orElseThrow(() -> new CorruptFileException(
                file, LENGTH_BYTES, "tensor %s has dtype %s, which is not known".formatted(name, node.path("dtype"))));
        long[] shape = naturals(file, name, "shape", node.path("shape"));
        long[] offsets = naturals(file, name, "data_offsets", node.path("data_offsets"));
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw new CorruptFileException(file, LENGTH_BYTES,
                    "tensor %s has data_offsets %s, not begin and end".formatted(name, Arrays.toString(offsets)));
        }
        if (offsets[1] - offsets[0] != bytes(file, name, type, shape)) {
            throw new CorruptFileException(file, LENGTH_BYTES, "tensor %s of %s %s does not fill its %d bytes"
                    .formatted(name, type, Arrays.toString(shape), offsets[1] - offsets[0]));
        }
        return new Entry(name, type, shape, offsets[0], offsets[1]);
    }

    private static long bytes(String file, String name, StoredType type, long[] shape) {
        try {
            return Arrays.stream(shape).reduce(type.bytes(), Math::multiplyExact);
        } catch (ArithmeticException e) {
            throw new CorruptFileException(
                    file, LENGTH_BYTES, "tensor %s of shape %s is too large".formatted(name, Arrays.toString(shape)));
        }
    }

    private static long[] naturals(String file, String name, String field, JsonNode node) {
        List<Long> numbers = new ArrayList<>();
        for (JsonNode number : node) {
            if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
                throw new CorruptFileException(
                        file, LENGTH_BYTES, "tensor %s has %s %s, not natural numbers".formatted(name, field, node));
            }
            numbers.add(number.longValue());
        }
        if (!node.isArray()) {
            throw new CorruptFileException(file, LENGTH_BYTES, "tensor %s has no %s".formatted(name, field));
        }
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }
}
