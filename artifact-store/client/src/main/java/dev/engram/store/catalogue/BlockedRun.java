package dev.engram.store.catalogue;

import dev.engram.v1.Run;

/**
 * A queued run that waits for a run that will not succeed any more.
 *
 * @param dependencyState how that one ended
 */
public record BlockedRun(String runId, String dependencyId, Run.State dependencyState) {}
