package dev.engram.store.artifact;

import dev.engram.store.BlobStore;
import dev.engram.store.DataLossException;
import java.nio.file.Path;
import java.util.Objects;

/** A stored artifact. Its manifest is verified; each file is verified when it is read. */
public final class Artifact {

    private final String id;
    private final Manifest manifest;
    private final BlobStore blobs;

    Artifact(String id, Manifest manifest, BlobStore blobs) {
        this.id = Objects.requireNonNull(id, "id");
        this.manifest = Objects.requireNonNull(manifest, "manifest");
        this.blobs = Objects.requireNonNull(blobs, "blobs");
    }

    /** 64 hex digits; the resource name is {@code artifacts/<id>}. */
    public String id() {
        return id;
    }

    public String kind() {
        return manifest.kind();
    }

    public Manifest manifest() {
        return manifest;
    }

    /**
     * A verified local copy of one file, to be read at once (see {@link BlobStore#file}).
     *
     * @throws DataLossException when its object is gone, cut short or changed
     * @throws dev.engram.store.ObjectNotFoundException when the artifact has no such file
     */
    public Path file(String name) {
        return blobs.file(manifest.file(name).blob());
    }

    /** The verified bytes of one small file. */
    public byte[] bytes(String name) {
        return blobs.bytes(manifest.file(name).blob());
    }

    /** Copies all files under {@code directory}; each appears whole and verified. */
    public void downloadTo(Path directory) {
        for (var file : manifest.files()) {
            var target = directory.resolve(file.name());
            ArtifactRepository.createDirectories(target.toAbsolutePath().getParent());
            blobs.download(file.blob(), target);
        }
    }

    @Override
    public String toString() {
        return "artifacts/" + id + " (" + manifest.kind() + ")";
    }
}
