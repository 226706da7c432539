package dev.engram.attack.dejavu;

import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Dose and response: the score of the attacked images by how often training saw them. What an encoder has learned by heart it should have
 * learned the better, the more often it saw it.
 *
 * @param counts by ascending repeat count
 * @param perDoubling what the score gains with every doubling of the count: the slope of the least squares line through (log₂ count, v)
 *     over single images of both directions, v being 1 for a memorized image, -1 for a misrepresented one, 0 for others. Its interval is
 *     that of {@link PairedBootstrap}; a resample in which all images have one count has the slope 0
 */
public record RepeatResponse(List<Count> counts, Interval perDoubling) {
    /**
     * The images of one repeat count.
     *
     * @param images of both directions
     * @param score means over the directions that have such images
     */
    public record Count(int repeatCount, int images, DejaVuScore score) {}

    /**
     * @param directions the attacked images of each direction, none empty
     * @param repeatCount how often an epoch visits an image
     * @param stopPoint called now and then; may throw to end it
     * @return empty if all images have the same repeat count
     */
    public static Optional<RepeatResponse> of(
            List<List<LabelInference>> directions,
            ToIntFunction<LabelInference> repeatCount,
            int resamples,
            long seed,
            Runnable stopPoint) {
        List<Integer> distinct = directions.stream()
                .flatMap(List::stream).map(repeatCount::applyAsInt).distinct().sorted().toList();
        if (distinct.size() < 2) {
            return Optional.empty();
        }
        List<Count> counts = new ArrayList<>();
        for (int count : distinct) {
            List<List<LabelInference>> alike = directions.stream()
                    .map(images -> images.stream().filter(image -> repeatCount.applyAsInt(image) == count).toList())
                    .filter(images -> !images.isEmpty())
                    .toList();
            counts.add(new Count(
                    count,
                    alike.stream().mapToInt(List::size).sum(),
                    DejaVuScore.of(alike, new PairedBootstrap(alike, resamples, seed, stopPoint))));
        }
        return Optional.of(new RepeatResponse(counts, slope(directions, repeatCount, resamples, seed, stopPoint)));
    }

    private static Interval slope(
            List<List<LabelInference>> directions,
            ToIntFunction<LabelInference> repeatCount,
            int resamples,
            long seed,
            Runnable stopPoint) {
        StatelessRandom random = StatelessRandom.of(seed, "bootstrap");
        Line seen = new Line();
        directions.forEach(images -> images.forEach(image -> seen.add(image, repeatCount)));
        double[] resampled = new double[resamples];
        for (int resample = 0; resample < resamples; resample++) {
            stopPoint.run();
            Line line = new Line();
            for (int direction = 0; direction < directions.size(); direction++) {
                List<LabelInference> images = directions.get(direction);
                RandomStream draws = random.at(resample, direction, 0);
                for (int i = 0; i < images.size(); i++) {
                    line.add(images.get(draws.uniformInt(images.size())), repeatCount);
                }
            }
            resampled[resample] = line.slope();
        }
        return Interval.percentile(seen.slope(), resampled);
    }

    /** Sums of a least squares line; small whole numbers and logarithms, so nothing is lost by expanding squares. */
    private static final class Line {
        private int n;
        private double x;
        private double y;
        private double xx;
        private double xy;

        void add(LabelInference image, ToIntFunction<LabelInference> repeatCount) {
            double dose = Math.log(repeatCount.applyAsInt(image)) / Math.log(2);
            int response = switch (image.cell()) {
                case MEMORIZED -> 1;
                case MISREPRESENTED -> -1;
                case CORRELATED, UNASSOCIATED -> 0;
            };
            n++;
            x += dose;
            y += response;
            xx += dose * dose;
            xy += dose * response;
        }

        double slope() {
            double spread = xx - x * x / n;
            return spread < 1e-9 ? 0 : (xy - x * y / n) / spread;
        }
    }
}
