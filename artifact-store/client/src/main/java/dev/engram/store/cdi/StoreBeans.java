package dev.engram.store.cdi;

import dev.engram.store.BlobStore;
import dev.engram.store.ObjectStore;
import dev.engram.store.Store;
import dev.engram.store.StoreEndpoints;
import dev.engram.store.artifact.ArtifactRepository;
import dev.engram.store.catalogue.Catalogue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;

/** One store a process. */
@ApplicationScoped
public class StoreBeans {

    @Produces
    @Singleton
    StoreEndpoints endpoints(Instance<EndpointSource> source, Config config) {
        return source.isResolvable()
                ? source.get().endpoints()
                : StoreEndpoints.from(key -> config.getOptionalValue(key, String.class));
    }

    @Produces
    @Singleton
    Store store(StoreEndpoints endpoints, Config config) {
        return Store.open(endpoints, home(config));
    }

    void close(@Disposes Store store) {
        store.close();
    }

    @Produces
    @Singleton
    ObjectStore objects(Store store) {
        return store.objects();
    }

    @Produces
    @Singleton
    BlobStore blobs(Store store) {
        return store.blobs();
    }

    @Produces
    @Singleton
    ArtifactRepository artifacts(Store store) {
        return store.artifacts();
    }

    @Produces
    @Singleton
    Catalogue catalogue(Store store) {
        return store.catalogue();
    }

    /** {@code engram.home}, by default {@code ~/.engram}. */
    public static Path home(Config config) {
        return config.getOptionalValue("engram.home", String.class)
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".engram"))
                .toAbsolutePath();
    }
}
