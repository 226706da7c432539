package dev.engram.attack.dejavu;

import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Intervals by resampling images: each resample draws, within each direction, as many images as there are, with replacement,
 * and keeps an image's two verdicts together. So what both encoders find easy or hard cancels in their difference.
 *
 * <p>B. Efron, R. J. Tibshirani, "An Introduction to the Bootstrap", 1993, §13.3 (percentile interval), §15 (paired, stratified
 * data). The interval tells what other images would have done; it knows nothing of what other trainings would have.
 *
 * <p>Every draw is a function of (seed, resample, direction). Cost: resamples · images draws, some 10 ns each.
 */
public final class PairedBootstrap {
    private static final int CELLS = Cell.values().length;

    private final FourWayPartition[][] partitions;

    /**
     * @param directions the attacked images of each direction, none empty
     * @param resamples at least 1
     */
    public PairedBootstrap(List<List<LabelInference>> directions, int resamples, long seed) {
        this(directions, resamples, seed, () -> {});
    }

    /** @param stopPoint called now and then; may throw to end the drawing */
    public PairedBootstrap(List<List<LabelInference>> directions, int resamples, long seed, Runnable stopPoint) {
        if (resamples < 1) {
            throw new IllegalArgumentException("resamples must be at least 1, is " + resamples);
        }
        StatelessRandom random = StatelessRandom.of(seed, "bootstrap");
        List<byte[]> cells = directions.stream().map(PairedBootstrap::cells).toList();
        partitions = new FourWayPartition[resamples][directions.size()];
        for (int resample = 0; resample < resamples; resample++) {
            stopPoint.run();
            for (int direction = 0; direction < directions.size(); direction++) {
                partitions[resample][direction] = draw(cells.get(direction), random.at(resample, direction, 0));
            }
        }
    }

    /** The interval of a figure that is the mean over the directions of one computed from each direction's partition. */
    public Interval interval(double value, ToDoubleFunction<FourWayPartition> figure) {
        double[] resampled = new double[partitions.length];
        for (int i = 0; i < resampled.length; i++) {
            resampled[i] = DejaVuScore.mean(List.of(partitions[i]), figure);
        }
        return Interval.percentile(value, resampled);
    }

    private static FourWayPartition draw(byte[] cells, RandomStream draws) {
        int[] counts = new int[CELLS];
        for (int i = 0; i < cells.length; i++) {
            counts[cells[draws.uniformInt(cells.length)]]++;
        }
        return FourWayPartition.ofCounts(counts);
    }

    private static byte[] cells(List<LabelInference> images) {
        byte[] cells = new byte[images.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = (byte) images.get(i).cell().ordinal();
        }
        return cells;
    }
}
