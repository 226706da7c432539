/**
 * Getting queued runs done: launches workers, watches them, says what became of those that cannot say it themselves. One thread, no
 * state that matters: everything it needs to know after a restart stands in the catalogue.
 */
package dev.engram.runs.executor;
