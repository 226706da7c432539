package dev.engram.attack.sweep;

import dev.engram.encoders.statistics.RankCorrelation;
import dev.engram.encoders.statistics.SpearmanRank;
import dev.engram.v1.Crop;
import dev.engram.v1.SweepPoint;
import dev.engram.v1.SweepTrend;
import dev.engram.v1.SweptTraining;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * How the figures go along each ordered axis, the others held: Spearman's rank correlation over single trainings; and along the size of a corner, over
 * crops. A figure that is the same everywhere has no trend.
 */
final class SweepTrends {
    static final String CROP_FRACTION = "crop_fraction";

    private static final int FEWEST = 3;

    /** What is held while the axis is walked. */
    private record Held(List<String> others, Crop crop, String cut) {}

    private record Observation(double position, SweptTraining training) {}

    private enum Figure {
        SCORE("score", SweptTraining::getScore, _ -> true),
        TARGET("target", SweptTraining::getTarget, _ -> true),
        REFERENCE("reference", SweptTraining::getReference, _ -> true),
        MEMORIZED("memorized", SweptTraining::getMemorized, _ -> true),
        PROBE_ACCURACY("probe_accuracy", SweptTraining::getProbeValidation, SweptTraining::hasProbeValidation),
        PROBE_GAP("probe_gap", training -> training.getProbeTraining() - training.getProbeValidation(), SweptTraining::hasProbeValidation);

        private final String key;
        private final ToDoubleFunction<SweptTraining> of;
        private final Predicate<SweptTraining> isThere;

        Figure(String key, ToDoubleFunction<SweptTraining> of, Predicate<SweptTraining> isThere) {
            this.key = key;
            this.of = of;
            this.isThere = isThere;
        }

        /** Whether it depends on what the adversary sees, and not on the encoder alone. */
        private boolean isOfTheAttack() {
            return this != PROBE_ACCURACY && this != PROBE_GAP;
        }
    }

    private SweepTrends() {}

    static List<SweepTrend> of(SweepAxes axes, List<SweepPoint> points) {
        List<SweepTrend> trends = new ArrayList<>();
        for (int i = 0; i < axes.axes().size(); i++) {
            if (axes.isOrdered(i)) {
                alongAxis(axes, i, points, trends);
            }
        }
        alongFractions(points, trends);
        return trends;
    }

    private static void alongAxis(SweepAxes axes, int axis, List<SweepPoint> points, List<SweepTrend> trends) {
        Map<Held, List<Observation>> walks = new LinkedHashMap<>();
        for (SweepPoint point : points) {
            List<String> others = new ArrayList<>(point.getValuesList());
            others.remove(axis);
            double position = axes.position(axis, point.getValues(axis));
            point.getTrainingsList().forEach(training -> walks
                    .computeIfAbsent(new Held(others, point.getCrop(), point.getCut()), _ -> new ArrayList<>())
                    .add(new Observation(position, training)));
        }
        String field = axes.axes().get(axis).getField();
        walks.forEach((held, observations) -> {
            for (Figure figure : Figure.values()) {
                trend(field, held, figure, observations, true, trends);
            }
        });
    }

    /** Of each point one observation, its means: crops of one training share what they are taken from, so that its seeds would not tell more. */
    private static void alongFractions(List<SweepPoint> points, List<SweepTrend> trends) {
        Map<Held, List<Observation>> walks = new LinkedHashMap<>();
        for (SweepPoint point : points) {
            if (point.getCrop().hasCorner()) {
                Crop.Builder corner = point.getCrop().toBuilder();
                corner.getCornerBuilder().clearFraction();
                walks.computeIfAbsent(new Held(point.getValuesList(), corner.build(), point.getCut()), _ -> new ArrayList<>())
                        .add(new Observation(point.getCrop().getCorner().getFraction(), means(point)));
            }
        }
        walks.forEach((held, observations) -> {
            for (Figure figure : Figure.values()) {
                if (figure.isOfTheAttack()) {
                    trend(CROP_FRACTION, held, figure, observations, false, trends);
                }
            }
        });
    }

    /** The figures of a point as if they were one training's. */
    private static SweptTraining means(SweepPoint point) {
        return SweptTraining.newBuilder()
                .setScore(point.getScore().getValue())
                .setTarget(point.getTarget().getValue())
                .setReference(point.getReference().getValue())
                .setMemorized(point.getMemorized().getValue())
                .build();
    }

    private static void trend(
            String axis, Held held, Figure figure, List<Observation> walk, boolean independent, List<SweepTrend> trends) {
        List<Observation> observations = walk.stream().filter(one -> figure.isThere.test(one.training())).toList();
        if (observations.stream().mapToDouble(Observation::position).distinct().count() < FEWEST) {
            return;
        }
        double[] positions = observations.stream().mapToDouble(Observation::position).toArray();
        double[] figures = observations.stream().mapToDouble(one -> figure.of.applyAsDouble(one.training())).toArray();
        RankCorrelation found = SpearmanRank.of(positions, figures);
        if (Double.isNaN(found.value())) {
            return;
        }
        SweepTrend.Builder trend = SweepTrend.newBuilder()
                .setAxis(axis)
                .addAllOthers(held.others())
                .setCrop(held.crop())
                .setCut(held.cut())
                .setFigure(figure.key)
                .setRho(found.value())
                .setObservations(observations.size());
        if (independent) {
            trend.setP(observations.size() <= SpearmanRank.MOST_EXACT ? SpearmanRank.exactP(positions, figures) : found.p());
        }
        trends.add(trend.build());
    }
}
