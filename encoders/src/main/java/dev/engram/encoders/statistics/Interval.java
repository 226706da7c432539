package dev.engram.encoders.statistics;

/**
 * A mean with its 95 % interval.
 *
 * @param mean of the sample
 * @param low 2.5 % quantile of the resampled means
 * @param high 97.5 % quantile of them
 */
public record Interval(double mean, double low, double high) {}
