package dev.engram.attack.trace;

import dev.engram.attack.dejavu.Interval;
import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Means of several yes-or-no verdicts on the same images, and intervals of whatever is linear in them: the paired percentile bootstrap of B. Efron, R. J.
 * Tibshirani, "An Introduction to the Bootstrap", 1993, §13.3 and §15. Each resample draws as many images as there are, with replacement, stratum by
 * stratum, and keeps all verdicts on an image together, so that what is easy or hard for all of them cancels in their differences.
 *
 * <p>Every draw is a function of (seed, resample, stratum). Cost: resamples · images draws; images with the same verdicts are counted together.
 */
final class PairedStates {
    private final double[] observed;
    private final double[][] resampled;

    /**
     * @param strata of each the verdicts on its images, {@code [images][verdicts]}; none empty. A mean is that over the strata
     * @param resamples at least 1
     * @param stopPoint called now and then; may throw to end the drawing
     */
    PairedStates(List<boolean[][]> strata, int resamples, long seed, Runnable stopPoint) {
        StatelessRandom random = StatelessRandom.of(seed, "paired states");
        List<Stratum> counted = strata.stream().map(Stratum::of).toList();
        observed = new double[strata.getFirst()[0].length];
        counted.forEach(stratum -> stratum.addMeans(stratum.counts(), 1.0 / strata.size(), observed));
        resampled = new double[resamples][observed.length];
        for (int resample = 0; resample < resamples; resample++) {
            stopPoint.run();
            for (int i = 0; i < strata.size(); i++) {
                Stratum stratum = counted.get(i);
                stratum.addMeans(stratum.draw(random.at(resample, i, 0)), 1.0 / strata.size(), resampled[resample]);
            }
        }
    }

    /** Of the sum of the means, each times its weight. */
    Interval interval(double[] weights) {
        double[] values = new double[resampled.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = sum(resampled[i], weights);
        }
        return Interval.percentile(sum(observed, weights), values);
    }

    private static double sum(double[] means, double[] weights) {
        double sum = 0;
        for (int i = 0; i < means.length; i++) {
            sum += means[i] * weights[i];
        }
        return sum;
    }

    /**
     * Images by their verdicts.
     *
     * @param patterns each different row of verdicts once
     * @param images of each image its place among these
     */
    private record Stratum(List<boolean[]> patterns, int[] images) {
        static Stratum of(boolean[][] verdicts) {
            Map<BitSet, Integer> known = new HashMap<>();
            List<boolean[]> patterns = new ArrayList<>();
            int[] images = new int[verdicts.length];
            for (int i = 0; i < images.length; i++) {
                BitSet row = new BitSet();
                for (int j = 0; j < verdicts[i].length; j++) {
                    row.set(j, verdicts[i][j]);
                }
                Integer place = known.putIfAbsent(row, patterns.size());
                images[i] = place == null ? patterns.size() : place;
                if (place == null) {
                    patterns.add(verdicts[i]);
                }
            }
            return new Stratum(patterns, images);
        }

        int[] counts() {
            int[] counts = new int[patterns.size()];
            for (int pattern : images) {
                counts[pattern]++;
            }
            return counts;
        }

        int[] draw(RandomStream draws) {
            int[] counts = new int[patterns.size()];
            for (int i = 0; i < images.length; i++) {
                counts[images[draws.uniformInt(images.length)]]++;
            }
            return counts;
        }

        /** Exact counts first, one division each: the same mean is the same number. */
        void addMeans(int[] counts, double share, double[] means) {
            for (int verdict = 0; verdict < means.length; verdict++) {
                long right = 0;
                for (int pattern = 0; pattern < counts.length; pattern++) {
                    right += patterns.get(pattern)[verdict] ? counts[pattern] : 0;
                }
                means[verdict] += share * ((double) right / images.length);
            }
        }
    }
}
