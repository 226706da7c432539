package dev.engram.metrics.bench;

/**
 * What a measurement costs.
 *
 * @param images measured, each in {@code views} views by two encoders
 * @param threads blocks that are measured at once
 * @param imagesPerSecond of the whole measurement: views, forward passes with every layer reduced, scores
 * @param bareImagesPerSecond of the forward passes of the same views alone, without any tap, on as many threads
 * @param dividedImagesPerSecond of the same bare passes block after block, each operation divided among the threads
 * @param ratio time of the whole measurement over that of the bare forward passes
 * @param ratioWithoutViews the same without making the views
 * @param cpuRatio processor time of the whole measurement over that of the bare forward passes
 * @param cpuRatioWithoutViews the same without making the views
 */
public record PassResult(
        int images,
        int views,
        int threads,
        double imagesPerSecond,
        double bareImagesPerSecond,
        double dividedImagesPerSecond,
        double ratio,
        double ratioWithoutViews,
        double cpuRatio,
        double cpuRatioWithoutViews) {}
