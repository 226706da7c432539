package dev.engram.metrics.replicates;

import dev.engram.encoders.statistics.SeedInterval;
import dev.engram.metrics.replicates.SeedFigures.Key;
import dev.engram.v1.ReplicatedFigure;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** Every number that all seeds have, with mean, standard deviation and interval over the seeds. */
final class ReplicatedFigures {
    private ReplicatedFigures() {}

    /** @param seeds at least 2, in the order of the result */
    static List<ReplicatedFigure> of(List<SeedFigures> seeds) {
        return seeds.getFirst().values().keySet().stream()
                .filter(key -> seeds.stream().allMatch(seed -> seed.values().containsKey(key)))
                .map(key -> figure(key, seeds.stream().mapToDouble(seed -> seed.values().get(key)).toArray()))
                .toList();
    }

    /** Measures and layers of which some seed lacks a number that another has. */
    static List<String> incomplete(List<SeedFigures> seeds) {
        TreeSet<String> places = new TreeSet<>();
        for (SeedFigures one : seeds) {
            for (SeedFigures other : seeds) {
                one.values().keySet().stream()
                        .filter(key -> !other.values().containsKey(key))
                        .forEach(key -> places.add(key.measure() + " " + key.layer() + " " + key.quantity()));
            }
        }
        return List.copyOf(places);
    }

    private static ReplicatedFigure figure(Key key, double[] values) {
        SeedInterval interval = SeedInterval.of(values);
        return ReplicatedFigure.newBuilder()
                .setMeasure(key.measure())
                .setLayer(key.layer())
                .setPoint(key.point())
                .setDepth(key.depth())
                .setQuantity(key.quantity())
                .setMean(interval.mean())
                .setStd(interval.std())
                .setCiLow(interval.low())
                .setCiHigh(interval.high())
                .addAllValues(Arrays.stream(values).boxed().toList())
                .build();
    }
}
