package dev.engram.metrics.task;

/**
 * One image's scores at one layer: a row of {@code images.csv}.
 *
 * @param subset part of the split the image belongs to
 * @param distanceF mean distance of its views under f
 * @param distanceG under g
 * @param score Eq. 2
 * @param degenerate both distances are 0
 */
public record ImageRow(int image, String subset, double distanceF, double distanceG, double score, boolean degenerate) {}
