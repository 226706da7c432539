package dev.engram.metrics.result;

import dev.engram.v1.RunSpec;

/**
 * A run that has succeeded.
 *
 * @param artifact id of its result
 * @param spec what it did
 */
record FinishedRun(String artifact, RunSpec spec) {}
