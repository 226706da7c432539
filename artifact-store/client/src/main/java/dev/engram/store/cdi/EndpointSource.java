package dev.engram.store.cdi;

import dev.engram.store.StoreEndpoints;

/** A bean of this type decides where S3 and the database are; without one the settings do. */
@FunctionalInterface
public interface EndpointSource {

    /** Blocks until both answer. */
    StoreEndpoints endpoints();
}
