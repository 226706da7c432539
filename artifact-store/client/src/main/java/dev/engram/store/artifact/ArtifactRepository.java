package dev.engram.store.artifact;

import dev.engram.store.BlobStore;
import dev.engram.store.DataLossException;
import dev.engram.store.LocalFiles;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.ObjectStore;
import dev.engram.store.RetryPolicy;
import dev.engram.store.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Writes artifacts so that they are visible whole or not at all, and reads them with verification. Safe for use by many threads. */
public final class ArtifactRepository {

    private static final String JSON = "application/json";

    /** A manifest lists at most some thousand files; more bytes than this are no manifest of ours. */
    private static final int MAX_MANIFEST_BYTES = 16 << 20;

    private final ObjectStore objects;
    private final BlobStore blobs;
    private final ArtifactLedger ledger;
    private final Path drafts;
    private final RetryPolicy retry;

    /** @param drafts local directory in which files are made before they are stored */
    public ArtifactRepository(ObjectStore objects, BlobStore blobs, ArtifactLedger ledger, Path drafts) {
        this(objects, blobs, ledger, drafts, RetryPolicy.standard());
    }

    public ArtifactRepository(ObjectStore objects, BlobStore blobs, ArtifactLedger ledger, Path drafts, RetryPolicy retry) {
        this.objects = Objects.requireNonNull(objects, "objects");
        this.blobs = Objects.requireNonNull(blobs, "blobs");
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.drafts = Objects.requireNonNull(drafts, "drafts");
        this.retry = Objects.requireNonNull(retry, "retry");
    }

    /** Begins an artifact whose files are made one after the other in a temporary directory; close the draft in any case. */
    public ArtifactDraft draft(String kind) {
        try {
            Files.createDirectories(drafts);
            return new ArtifactDraft(this, kind, Files.createTempDirectory(drafts, kind + "-"));
        } catch (IOException e) {
            throw LocalFiles.failure(drafts, e);
        }
    }

    /** Stores small files that are in memory. */
    public Artifact write(String kind, Map<String, byte[]> files, Map<String, String> mediaTypes) {
        try (var draft = draft(kind)) {
            files.forEach((name, bytes) -> draft.write(name, mediaTypes.getOrDefault(name, "application/octet-stream"), bytes));
            return draft.commit();
        }
    }

    /** Stores the files of {@code directory} that {@code manifest} lists: ledger, blobs, then the manifest. */
    Artifact store(Manifest manifest, Path directory) {
        ledger.register(manifest);
        for (var file : manifest.files()) {
            var stored = blobs.put(directory.resolve(file.name()), file.mediaType());
            if (!stored.equals(file.blob())) {
                throw new IllegalStateException("file " + file.name() + " was changed while it was stored");
            }
        }
        objects.putIfAbsent(Manifest.key(manifest.id()), manifest.toJson(), JSON);
        return new Artifact(manifest.id(), manifest, blobs);
    }

    /**
     * Reads and verifies a manifest. Cost: one small request.
     *
     * @throws ObjectNotFoundException when there is no such artifact
     * @throws DataLossException when its manifest is not what was written
     */
    public Artifact open(String id) {
        var key = Manifest.key(id);
        return retry.call(() -> {
            try (var in = objects.open(key)) {
                var json = in.readNBytes(MAX_MANIFEST_BYTES);
                var digest = Sha256.of(json).sha256();
                if (!digest.equals(id)) {
                    throw DataLossException.wrongDigest(key, id, digest);
                }
                return new Artifact(id, Manifest.parse(json, key), blobs);
            } catch (ObjectNotFoundException e) {
                throw new ObjectNotFoundException("artifacts/" + id, e);
            } catch (IOException e) {
                throw DataLossException.unreadable(key, e.getMessage());
            }
        });
    }

    /** Whether the artifact's manifest is there; nothing is verified. */
    public boolean exists(String id) {
        return objects.size(Manifest.key(id)).isPresent();
    }

    /** Removes the manifest, so that the artifact is no longer there; its blobs are the caller's to remove, as others may share them. */
    public void delete(String id) {
        objects.delete(Manifest.key(id));
    }

    static void createDirectories(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw LocalFiles.failure(directory, e);
        }
    }
}
