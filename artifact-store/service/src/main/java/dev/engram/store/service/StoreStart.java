package dev.engram.store.service;

import dev.engram.store.S3Settings;
import dev.engram.store.Store;
import dev.engram.store.StoreEndpoints;
import dev.engram.store.s3.S3ObjectStore;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Before anything else of the process: bucket and tables are there, and what writers that died left behind is gone. */
@Singleton
final class StoreStart {

    private static final int FIRST = 1;
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final StoreEndpoints endpoints;
    private final Store store;

    StoreStart(StoreEndpoints endpoints, Store store) {
        this.endpoints = endpoints;
        this.store = store;
    }

    void prepare(@Observes @Priority(FIRST) StartupEvent start) {
        makeBucket(endpoints.s3());
        store.catalogue().migrate();
        store.deletions().sweep(ABANDONED);
    }

    private static void makeBucket(S3Settings settings) {
        try (var objects = new S3ObjectStore(settings)) {
            objects.makeBucket();
        }
    }
}
