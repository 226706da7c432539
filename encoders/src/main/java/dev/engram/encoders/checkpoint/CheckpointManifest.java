package dev.engram.encoders.checkpoint;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.engram.encoders.file.CorruptFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a checkpoint is, and the digest of each of its files. Holds no times and no ids of runs: equal trainings have equal
 * manifests.
 *
 * @param format {@link #FORMAT}
 * @param network name of the network, as {@code Network.name()}
 * @param step steps done
 * @param seeds by purpose
 * @param details anything else worth keeping, such as the recipe
 * @param files with size in bytes and SHA-256 in hexadecimal
 */
@JsonPropertyOrder({"format", "network", "step", "seeds", "details", "files"})
public record CheckpointManifest(
        String format,
        String network,
        long step,
        SortedMap<String, Long> seeds,
        SortedMap<String, String> details,
        List<File> files) {
    /** Name and version of this layout. */
    public static final String FORMAT = "engram-checkpoint-1";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    public CheckpointManifest {
        seeds = new TreeMap<>(seeds);
        details = new TreeMap<>(details);
        files = List.copyOf(files);
    }

    /** One file of a checkpoint. */
    public record File(String name, long size, String sha256) {}

    /** A description without files yet. */
    public static CheckpointManifest describe(
            String network, long step, Map<String, Long> seeds, Map<String, String> details) {
        return new CheckpointManifest(FORMAT, network, step, new TreeMap<>(seeds), new TreeMap<>(details), List.of());
    }

    /** The same with these files. */
    public CheckpointManifest with(List<File> written) {
        return new CheckpointManifest(format, network, step, seeds, details, written);
    }

    /**
     * SHA-256 of the file of a part, lower-case hex.
     *
     * @throws IllegalArgumentException if there is no such part
     */
    public String sha256(String part) {
        return files.stream()
                .filter(file -> file.name().equals(part + ".safetensors"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The checkpoint has no part " + part))
                .sha256();
    }

    /** The manifest's JSON; equal manifests give equal bytes. */
    public byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads a manifest.
     *
     * @param name of the file, for errors
     * @throws CorruptFileException if it is not one, naming everything that is wrong
     */
    public static CheckpointManifest fromJson(String name, byte[] json) {
        CheckpointManifest manifest;
        try {
            manifest = JSON.readValue(json, CheckpointManifest.class);
        } catch (java.io.IOException e) {
            String problem = e instanceof JsonProcessingException p ? p.getOriginalMessage() : e.getMessage();
            throw new CorruptFileException(name, "not a manifest: " + problem);
        }
        List<String> problems = manifest.problems();
        if (!problems.isEmpty()) {
            throw new CorruptFileException(name, String.join("; ", problems));
        }
        return manifest;
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!FORMAT.equals(format)) {
            problems.add("format is %s, not %s".formatted(format, FORMAT));
        }
        if (network == null || network.isBlank()) {
            problems.add("network is missing");
        }
        if (step < 0) {
            problems.add("step is " + step);
        }
        for (File file : files) {
            if (file.name() == null || !file.name().matches("[a-z0-9_]+\\.safetensors")) {
                problems.add("file name " + file.name() + " is not allowed");
            }
            if (file.sha256() == null || !file.sha256().matches("[0-9a-f]{64}")) {
                problems.add("file %s has no SHA-256".formatted(file.name()));
            }
        }
        return problems;
    }
}
