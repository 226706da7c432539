/** Exact sums, two-sample tests and bootstrap intervals: plain numbers, nothing of networks or images. */
package dev.engram.metrics.statistics;
