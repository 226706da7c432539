package dev.engram.attack.sweep;

import dev.engram.encoders.statistics.ProportionInterval;
import dev.engram.encoders.statistics.SeedInterval;
import dev.engram.v1.Crop;
import dev.engram.v1.CropResult;
import dev.engram.v1.Interval;
import dev.engram.v1.ProbeControl;
import dev.engram.v1.Standing;
import dev.engram.v1.SweepPoint;
import dev.engram.v1.SweptTraining;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The points of a sweep: the figures of each setting, crop and cut, with intervals over images or trainings, and their standing. */
final class SweepPoints {

    /** What is the same for all trainings of a point. */
    private record Setting(List<String> values, Crop crop, String cut) {}

    /** What is the same for all points that are weighed against each other. */
    private record Adversary(Crop crop, String cut) {}

    private record Found(SweptResult attack, CropResult crop) {}

    private SweepPoints() {}

    /** @param attacks in the order of the points */
    static List<SweepPoint> of(List<SweptResult> attacks) {
        Map<Setting, List<Found>> settings = new LinkedHashMap<>();
        for (SweptResult attack : attacks) {
            for (CropResult crop : attack.result().getCropsList()) {
                settings.computeIfAbsent(new Setting(attack.attack().getValuesList(), crop.getCrop(), crop.getCut()), _ -> new ArrayList<>())
                        .add(new Found(attack, crop));
            }
        }
        return withStandings(settings.entrySet().stream().map(one -> point(one.getKey(), one.getValue())).toList());
    }

    private static SweepPoint point(Setting setting, List<Found> found) {
        List<SweptTraining> trainings = found.stream().map(one -> one.attack().training(one.crop())).toList();
        SweepPoint.Builder point = SweepPoint.newBuilder()
                .addAllValues(setting.values())
                .setCrop(setting.crop())
                .setCut(setting.cut())
                .addAllTrainings(trainings);
        CropResult alone = found.getFirst().crop();
        point.setTarget(interval(trainings, SweptTraining::getTarget, alone.getTarget()))
                .setReference(interval(trainings, SweptTraining::getReference, alone.getReference()))
                .setScore(interval(trainings, SweptTraining::getScore, alone.getScore()))
                .setMemorized(interval(trainings, SweptTraining::getMemorized, alone.getMemorized()));
        if (found.stream().allMatch(one -> one.attack().hasProbes())) {
            ProportionInterval validation = proportion(found, ProbeControl::getValidation, ProbeControl::getValidationImages);
            ProportionInterval training = proportion(found, ProbeControl::getTraining, ProbeControl::getTrainingImages);
            point.setProbeAccuracy(interval(trainings, SweptTraining::getProbeValidation, message(validation)))
                    .setProbeGap(interval(
                            trainings, one -> one.getProbeTraining() - one.getProbeValidation(), message(training.minus(validation))));
        }
        return point.build();
    }

    /** Over trainings, or of the only one over its images. */
    private static Interval interval(List<SweptTraining> trainings, ToDoubleFunction<SweptTraining> figure, Interval ofTheOnlyOne) {
        if (trainings.size() == 1) {
            return ofTheOnlyOne;
        }
        SeedInterval over = SeedInterval.of(trainings.stream().mapToDouble(figure).toArray());
        return Interval.newBuilder().setValue(over.mean()).setCiLow(over.low()).setCiHigh(over.high()).build();
    }

    /** Of the first training: f and g are scored on the same images, so their mean is taken for one score on so many. */
    private static ProportionInterval proportion(
            List<Found> found, ToDoubleFunction<ProbeControl> accuracy, ToDoubleFunction<ProbeControl> images) {
        SweptResult first = found.getFirst().attack();
        return ProportionInterval.of(first.probe(accuracy), first.probeImages(images));
    }

    private static Interval message(ProportionInterval interval) {
        return Interval.newBuilder().setValue(interval.value()).setCiLow(interval.low()).setCiHigh(interval.high()).build();
    }

    /** Settings are compared under the same adversary only: a smaller crop leaks less of any encoder. */
    private static List<SweepPoint> withStandings(List<SweepPoint> points) {
        Map<Adversary, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).hasProbeAccuracy()) {
                groups.computeIfAbsent(new Adversary(points.get(i).getCrop(), points.get(i).getCut()), _ -> new ArrayList<>()).add(i);
            }
        }
        List<SweepPoint> standing = new ArrayList<>(points);
        for (List<Integer> group : groups.values()) {
            List<Standing> standings = ParetoFront.of(group.stream()
                    .map(points::get)
                    .map(point -> new ParetoFront.Point(point.getProbeAccuracy(), point.getScore()))
                    .toList());
            for (int i = 0; i < group.size(); i++) {
                standing.set(group.get(i), points.get(group.get(i)).toBuilder().setStanding(standings.get(i)).build());
            }
        }
        return standing;
    }
}
