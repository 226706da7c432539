package dev.engram.attack.run;

import dev.engram.attack.dejavu.AccuracyGap;
import dev.engram.attack.dejavu.ClassGap;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunSpecs;
import dev.engram.v1.Crop;
import dev.engram.v1.CropResult;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.LogEntry;
import dev.engram.v1.ProbeControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Computes the figures of an attack from its votes and writes the files of the result. */
final class AttackReport {
    static final String RESULT = "result.json";

    private final RunContext run;
    private final AttackPlan plan;
    private final DejaVuSpec spec;
    private final List<String> pairs;
    private final List<AttackedRow> rows = new ArrayList<>();
    private final List<CurveTable.Curve> curves = new ArrayList<>();
    private final List<List<ClassGap>> classes = new ArrayList<>();

    /**
     * @param plan of the attacked pair
     * @param pairs names of the attacked pair and its replicates
     */
    AttackReport(RunContext run, AttackPlan plan, DejaVuSpec spec, List<String> pairs) {
        this.run = run;
        this.plan = plan;
        this.spec = spec;
        this.pairs = pairs;
    }

    /**
     * @param verdicts of each pair
     * @param probes the control, or none
     */
    Map<String, Path> write(List<Verdicts> verdicts, List<ProbeControl> probes) throws IOException {
        DejaVuResult.Builder result = DejaVuResult.newBuilder()
                .setK(plan.k())
                .setCandidates(plan.images(Direction.CANDIDATE))
                .setIndependents(plan.images(Direction.INDEPENDENT))
                .setMajority(plan.publicLabels().majority())
                .setChance(plan.publicLabels().chance())
                .setPublicImages(plan.publicIndices().length)
                .addAllProbes(probes);
        for (int cut = 0; cut < plan.cuts().size(); cut++) {
            for (int crop = 0; crop < plan.crops().size(); crop++) {
                result.addCrops(crop(cut, crop, verdicts));
            }
        }
        Map<String, Path> files = new LinkedHashMap<>();
        for (String name : List.of(RESULT, AttackedTable.FILE_NAME, CurveTable.FILE_NAME, ClassTable.FILE_NAME)) {
            files.put(name, run.scratch().resolve(name));
        }
        Files.writeString(files.get(RESULT), RunSpecs.toJson(result));
        AttackedTable.write(files.get(AttackedTable.FILE_NAME), rows);
        CurveTable.write(files.get(CurveTable.FILE_NAME), curves);
        ClassTable.write(files.get(ClassTable.FILE_NAME), classes, plan.images().classNames());
        return files;
    }

    private CropResult crop(int cut, int crop, List<Verdicts> verdicts) throws IOException {
        List<List<List<AttackedRow>>> attacked = new ArrayList<>();
        for (Verdicts pair : verdicts) {
            List<List<AttackedRow>> directions = new ArrayList<>();
            for (Direction direction : Direction.values()) {
                directions.add(pair.of(cut, crop, direction));
            }
            attacked.add(directions);
        }
        CropFigures figures =
                CropFigures.of(attacked, spec, plan.images().classNames().size(), run::checkStop);
        keep(plan.result(cut, crop), figures);
        Crop shown = plan.crops().get(crop);
        CropResult.Builder result = ResultMessages.crop(shown, figures.score()).setCut(plan.cuts().get(cut));
        figures.classes().forEach(gap -> result.addClasses(ResultMessages.classGap(gap)));
        figures.membership().forEach(test -> result.addMembership(ResultMessages.membership(test)));
        figures.repeats().ifPresent(response -> result.setRepeats(ResultMessages.repeats(response)));
        for (Direction direction : Direction.values()) {
            result.addDirections(ResultMessages.direction(
                    direction, plan.attacked(crop, direction), figures.inferences(direction), plan.images().labels()));
        }
        if (figures.overPairs() != null) {
            result.setOverPairs(ResultMessages.overPairs(pairs, figures.overPairs()));
        }
        log(CropSpecs.describe(shown) + " at " + plan.cuts().get(cut), figures.score().top1());
        return result.build();
    }

    private void keep(int result, CropFigures figures) {
        figures.rows().forEach(rows::addAll);
        classes.add(figures.classes());
        curves.add(new CurveTable.Curve(result, CurveTable.MEAN, figures.score().curve()));
        for (Direction direction : Direction.values()) {
            curves.add(new CurveTable.Curve(result, direction.key(), figures.directions().get(direction.ordinal())));
        }
    }

    private void log(String what, AccuracyGap gap) {
        run.log(LogEntry.Severity.INFO, String.format(
                Locale.ROOT,
                "%s: target %.3f, reference %.3f, score %.3f [%.3f, %.3f]",
                what,
                gap.target().value(),
                gap.reference().value(),
                gap.score().value(),
                gap.score().low(),
                gap.score().high()));
    }
}
