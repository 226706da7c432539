package dev.engram.attack.sweep;

import dev.engram.attack.run.CropSpecs;
import dev.engram.runs.RunSpecs;
import dev.engram.v1.AttackSweepResult;
import dev.engram.v1.Interval;
import dev.engram.v1.SweepPoint;
import dev.engram.v1.SweepTrend;
import dev.engram.v1.SweptAxis;
import dev.engram.v1.SweptTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The files of a sweep's artifact: {@code result.json}, {@code sweep.csv} (a row a point), {@code trainings.csv} (a row a training, crop and cut, with the run
 * it is from) and {@code trends.csv}. What is not known is an empty cell.
 */
final class SweepFiles {
    static final String RESULT = "result.json";

    private static final List<String> FIGURES =
            List.of("target", "reference", "score", "memorized", "probe_accuracy", "probe_gap");

    private SweepFiles() {}

    static Map<String, Path> write(AttackSweepResult result, Path directory) throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        files.put(RESULT, Files.writeString(directory.resolve(RESULT), RunSpecs.toJson(result)));
        files.put("sweep.csv", Files.writeString(directory.resolve("sweep.csv"), points(result)));
        files.put("trainings.csv", Files.writeString(directory.resolve("trainings.csv"), trainings(result)));
        files.put("trends.csv", Files.writeString(directory.resolve("trends.csv"), trends(result)));
        return files;
    }

    private static String points(AttackSweepResult result) {
        List<Object> header = new ArrayList<>(fields(result));
        header.addAll(List.of("crop", "cut", "trainings"));
        FIGURES.forEach(figure -> header.addAll(List.of(figure, figure + "_ci_low", figure + "_ci_high")));
        header.add("standing");
        StringBuilder csv = new StringBuilder(row(header));
        for (SweepPoint point : result.getPointsList()) {
            List<Object> cells = new ArrayList<>(point.getValuesList());
            cells.addAll(List.of(CropSpecs.describe(point.getCrop()), point.getCut(), point.getTrainingsCount()));
            for (Interval figure : List.of(point.getTarget(), point.getReference(), point.getScore(), point.getMemorized())) {
                cells.addAll(cells(true, figure));
            }
            cells.addAll(cells(point.hasProbeAccuracy(), point.getProbeAccuracy()));
            cells.addAll(cells(point.hasProbeGap(), point.getProbeGap()));
            cells.add(switch (point.getStanding()) {
                case STANDING_FRONT, STANDING_NEAR, STANDING_BEHIND ->
                        point.getStanding().name().substring("STANDING_".length()).toLowerCase(Locale.ROOT);
                case STANDING_UNSPECIFIED, UNRECOGNIZED -> "";
            });
            csv.append(row(cells));
        }
        return csv.toString();
    }

    private static List<Object> cells(boolean isThere, Interval figure) {
        return isThere ? List.of(figure.getValue(), figure.getCiLow(), figure.getCiHigh()) : List.of("", "", "");
    }

    private static String trainings(AttackSweepResult result) {
        List<Object> header = new ArrayList<>(fields(result));
        header.addAll(List.of(
                "crop", "cut", "seed", "run", "pair", "target", "reference", "score", "memorized", "probe_training", "probe_validation"));
        StringBuilder csv = new StringBuilder(row(header));
        for (SweepPoint point : result.getPointsList()) {
            for (SweptTraining training : point.getTrainingsList()) {
                List<Object> cells = new ArrayList<>(point.getValuesList());
                cells.addAll(List.of(
                        CropSpecs.describe(point.getCrop()),
                        point.getCut(),
                        training.getSeed(),
                        training.getRun(),
                        training.getPair(),
                        training.getTarget(),
                        training.getReference(),
                        training.getScore(),
                        training.getMemorized()));
                cells.add(training.hasProbeTraining() ? training.getProbeTraining() : "");
                cells.add(training.hasProbeValidation() ? training.getProbeValidation() : "");
                csv.append(row(cells));
            }
        }
        return csv.toString();
    }

    private static String trends(AttackSweepResult result) {
        StringBuilder csv = new StringBuilder(row(List.of("axis", "others", "crop", "cut", "figure", "rho", "p", "observations")));
        for (SweepTrend trend : result.getTrendsList()) {
            boolean fraction = trend.getAxis().equals(SweepTrends.CROP_FRACTION);
            csv.append(row(List.of(
                    trend.getAxis(),
                    String.join(" ", trend.getOthersList()),
                    fraction ? CropSpecs.corner(trend.getCrop()) : CropSpecs.describe(trend.getCrop()),
                    trend.getCut(),
                    trend.getFigure(),
                    trend.getRho(),
                    trend.hasP() ? trend.getP() : "",
                    trend.getObservations())));
        }
        return csv.toString();
    }

    private static List<String> fields(AttackSweepResult result) {
        return result.getAxesList().stream().map(SweptAxis::getField).toList();
    }

    private static String row(List<?> cells) {
        return cells.stream().map(SweepFiles::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(Object cell) {
        String text = cell.toString();
        return text.matches("[^\",\n\r]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
