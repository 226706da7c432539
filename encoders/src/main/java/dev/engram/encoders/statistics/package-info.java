/** Exact sums, intervals, two-sample tests, rank correlations and bootstraps: plain numbers, nothing of networks or images. */
package dev.engram.encoders.statistics;
