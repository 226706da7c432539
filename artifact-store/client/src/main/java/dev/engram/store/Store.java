package dev.engram.store;

import dev.engram.store.artifact.ArtifactRepository;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.Deletions;
import dev.engram.store.s3.S3ObjectStore;
import java.nio.file.Path;

/**
 * Everything a service or a worker needs of the store, opened together. Opening touches neither S3 nor the database.
 *
 * @param objects raw objects
 * @param blobs bytes by content, with the local cache {@code <home>/cache}
 * @param artifacts named groups of files; drafts are made in {@code <home>/drafts}
 * @param catalogue runs, artifacts and pairs in SQL
 */
public record Store(ObjectStore objects, BlobStore blobs, ArtifactRepository artifacts, Catalogue catalogue) implements AutoCloseable {

    /** @param home directory of the local cache and of artifacts in the making */
    public static Store open(StoreEndpoints endpoints, Path home) {
        var objects = new S3ObjectStore(endpoints.s3());
        var blobs = new BlobStore(objects, home.resolve("cache"));
        var catalogue = new Catalogue(endpoints.database());
        return new Store(objects, blobs, new ArtifactRepository(objects, blobs, catalogue.artifacts(), home.resolve("drafts")), catalogue);
    }

    public Deletions deletions() {
        return catalogue.deletions(artifacts, blobs);
    }

    @Override
    public void close() {
        catalogue.close();
        objects.close();
    }
}
