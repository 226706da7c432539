package dev.engram.store.catalogue;

import dev.engram.v1.LogEntry;
import java.time.Instant;

/**
 * A line of a run's log.
 *
 * @param sequence position, from 1, without gaps
 */
public record LogLine(long sequence, Instant at, LogEntry.Severity severity, String message) {}
