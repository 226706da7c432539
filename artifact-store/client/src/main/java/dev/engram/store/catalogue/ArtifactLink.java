package dev.engram.store.catalogue;

/**
 * A run's relation to an artifact.
 *
 * @param role what it is to the run: {@code checkpoint}, {@code result} …
 */
public record ArtifactLink(String runId, String role, String artifactId) {}
