package dev.engram.store.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.engram.store.DataLossException;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an artifact consists of. Its canonical JSON (keys in alphabetical order, files by name, no spaces, UTF-8) is what is digested for the
 * artifact's id; there are no times and no run ids in it.
 *
 * @param files at least one, names unique, kept sorted by name
 * @param kind lower-case letters, digits, hyphens: {@code checkpoint}, {@code layer-mem} …
 */
public record Manifest(List<ArtifactFile> files, String kind) {

    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    public Manifest {
        if (kind == null || !KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("kind must be lower-case letters, digits and hyphens, was " + kind);
        }
        if (files == null || files.isEmpty()) {
            throw new IllegalArgumentException("an artifact needs at least one file");
        }
        files = files.stream().sorted(Comparator.comparing(ArtifactFile::name)).toList();
        if (files.stream().map(ArtifactFile::name).distinct().count() != files.size()) {
            throw new IllegalArgumentException("file names must be unique: " + files.stream().map(ArtifactFile::name).toList());
        }
    }

    /** The artifact's id: SHA-256 of the canonical JSON, 64 lower-case hex digits. */
    public String id() {
        return Sha256.of(toJson()).sha256();
    }

    /** Bytes of all files together. */
    public long size() {
        return files.stream().mapToLong(ArtifactFile::size).sum();
    }

    /** @throws ObjectNotFoundException when the artifact has no file of this name */
    public ArtifactFile file(String name) {
        return files.stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ObjectNotFoundException("artifacts/" + id() + "/" + name));
    }

    /** The canonical JSON. */
    public byte[] toJson() {
        try {
            return JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest is always writable", e);
        }
    }

    /** @throws DataLossException naming {@code object} when these bytes are no manifest */
    static Manifest parse(byte[] json, String object) {
        try {
            return JSON.readValue(json, Manifest.class);
        } catch (ValueInstantiationException e) {
            throw DataLossException.unreadable(object, e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage());
        } catch (JsonProcessingException e) {
            throw DataLossException.unreadable(object, "not a manifest: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw DataLossException.unreadable(object, "not a manifest: " + e.getMessage());
        }
    }

    /** The key of the manifest of the artifact with this id. */
    static String key(String id) {
        return "artifacts/" + Sha256.requireHex(id, "artifact id") + ".json";
    }
}
