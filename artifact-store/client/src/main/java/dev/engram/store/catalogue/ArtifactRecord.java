package dev.engram.store.catalogue;

import java.time.Instant;

/**
 * An artifact as the catalogue knows it; its manifest is in the object store.
 *
 * @param id 64 hex digits
 * @param size bytes of all files
 */
public record ArtifactRecord(String id, String kind, long size, Instant createdAt) {}
