package dev.engram.store.catalogue;

import java.util.Optional;

/**
 * Where a run can go on from.
 *
 * @param step optimizer steps done
 * @param engramVersion of the worker that saved it, if it said so
 */
public record ResumePoint(String runId, long step, String artifactId, Optional<String> engramVersion) {}
