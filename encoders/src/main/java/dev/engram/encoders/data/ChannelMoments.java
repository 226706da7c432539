package dev.engram.encoders.data;

import java.util.ArrayList;
import java.util.List;

/** Mean and standard deviation of each channel over all pixels of images, exact sums of bytes. */
public final class ChannelMoments {
    private static final double WHITE = 255;

    private final int plane;
    private final long[] sums;
    private final long[] squares;
    private long pixels;

    ChannelMoments(ImageShape shape) {
        this.plane = shape.height() * shape.width();
        this.sums = new long[shape.channels()];
        this.squares = new long[shape.channels()];
    }

    void add(byte[] image) {
        for (int c = 0; c < sums.length; c++) {
            long sum = 0;
            long square = 0;
            for (int i = c * plane; i < (c + 1) * plane; i++) {
                int value = image[i] & 0xFF;
                sum += value;
                square += value * value;
            }
            sums[c] += sum;
            squares[c] += square;
        }
        pixels += plane;
    }

    /** By channel, in [0, 1]; 0 of no image. */
    public List<Double> means() {
        List<Double> means = new ArrayList<>();
        for (long sum : sums) {
            means.add(pixels == 0 ? 0 : sum / (WHITE * pixels));
        }
        return means;
    }

    /** By channel, on values in [0, 1], dividing by the number of pixels; 0 of no image. */
    public List<Double> deviations() {
        List<Double> deviations = new ArrayList<>();
        for (int c = 0; c < sums.length; c++) {
            double mean = pixels == 0 ? 0 : (double) sums[c] / pixels;
            double variance = pixels == 0 ? 0 : (double) squares[c] / pixels - mean * mean;
            deviations.add(Math.sqrt(Math.max(0, variance)) / WHITE);
        }
        return deviations;
    }
}
