/** Reads what finished measurements have published: verified, paged, and kept for a while, as artifacts never change. */
package dev.engram.metrics.result;
