package dev.engram.store.artifact;

import dev.engram.store.BlobStore;
import dev.engram.store.LocalFiles;
import dev.engram.store.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * An artifact in the making: files in a temporary directory that becomes an artifact at {@link #commit} or goes away at {@link #close}.
 *
 * {@snippet :
 * try (var draft = repository.draft("layer-mem")) {
 *     Files.writeString(draft.file("layers.csv", "text/csv"), csv);
 *     return draft.commit();
 * }
 * }
 *
 * Not for use by several threads.
 */
public final class ArtifactDraft implements AutoCloseable {

    private final ArtifactRepository repository;
    private final String kind;
    private final Path directory;
    private final Map<String, String> mediaTypes = new LinkedHashMap<>();

    ArtifactDraft(ArtifactRepository repository, String kind, Path directory) {
        this.repository = repository;
        this.kind = kind;
        this.directory = directory;
    }

    /** Declares a file and says where to write it; its directory exists. The file itself must exist when the draft is committed. */
    public Path file(String name, String mediaType) {
        ArtifactFile.requireName(name);
        if (mediaTypes.putIfAbsent(name, Objects.requireNonNull(mediaType, "mediaType")) != null) {
            throw new IllegalArgumentException("file " + name + " was declared before");
        }
        var path = directory.resolve(name);
        ArtifactRepository.createDirectories(path.getParent());
        return path;
    }

    /** Adds a small file. */
    public ArtifactDraft write(String name, String mediaType, byte[] bytes) {
        var path = file(name, mediaType);
        try {
            Files.write(path, bytes);
            return this;
        } catch (IOException e) {
            throw LocalFiles.failure(path, e);
        }
    }

    /**
     * Digests and stores the files, then makes the artifact visible. After a failure the draft can be committed again.
     *
     * @throws IllegalStateException when a declared file was not written
     */
    public Artifact commit() {
        var files = new ArrayList<ArtifactFile>();
        mediaTypes.forEach((name, mediaType) -> files.add(describe(name, mediaType)));
        return repository.store(new Manifest(files, kind), directory);
    }

    private ArtifactFile describe(String name, String mediaType) {
        var path = directory.resolve(name);
        if (!Files.isRegularFile(path)) {
            throw new IllegalStateException("file " + name + " was declared and not written");
        }
        try {
            var blob = Sha256.of(path);
            return new ArtifactFile(mediaType, name, blob.sha256(), blob.size());
        } catch (IOException e) {
            throw LocalFiles.failure(path, e);
        }
    }

    /** Removes the temporary files. */
    @Override
    public void close() {
        BlobStore.deleteTree(directory);
    }
}
