package dev.engram.store.catalogue;

/**
 * Where a run can go on from.
 *
 * @param step optimizer steps done
 */
public record ResumePoint(String runId, long step, String artifactId) {}
