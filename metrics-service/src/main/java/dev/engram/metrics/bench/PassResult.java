package dev.engram.metrics.bench;

/**
 * What a measurement costs.
 *
 * @param images measured, each in {@code views} views by two encoders
 * @param imagesPerSecond of the whole measurement: views, forward passes with every layer reduced, scores
 * @param bareImagesPerSecond of the forward passes of the same views alone, without any tap
 * @param ratio time of the whole measurement over that of the bare forward passes
 * @param ratioWithoutViews the same without making the views
 */
public record PassResult(
        int images,
        int views,
        double imagesPerSecond,
        double bareImagesPerSecond,
        double ratio,
        double ratioWithoutViews) {

    static PassResult of(int images, int views, double viewSeconds, double bareSeconds, double measuredSeconds) {
        double whole = viewSeconds + measuredSeconds;
        return new PassResult(
                images, views, images / whole, images / bareSeconds, whole / bareSeconds, measuredSeconds / bareSeconds);
    }
}
