package dev.engram.store.service;

import dev.engram.store.S3Settings;
import dev.engram.store.StoreEndpoints;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.s3.S3ObjectStore;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Before anything else of the process: bucket and tables are there. */
@Singleton
final class StoreStart {

    private static final int FIRST = 1;

    private final StoreEndpoints endpoints;
    private final Catalogue catalogue;

    StoreStart(StoreEndpoints endpoints, Catalogue catalogue) {
        this.endpoints = endpoints;
        this.catalogue = catalogue;
    }

    void prepare(@Observes @Priority(FIRST) StartupEvent start) {
        makeBucket(endpoints.s3());
        catalogue.migrate();
    }

    private static void makeBucket(S3Settings settings) {
        try (var objects = new S3ObjectStore(settings)) {
            objects.makeBucket();
        }
    }
}
