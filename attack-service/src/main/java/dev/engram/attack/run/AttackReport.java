package dev.engram.attack.run;

import dev.engram.attack.dejavu.ConfidenceCurve;
import dev.engram.attack.dejavu.DejaVuScore;
import dev.engram.attack.dejavu.LabelInference;
import dev.engram.attack.dejavu.PairedBootstrap;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunSpecs;
import dev.engram.v1.CropResult;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.LogEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Computes the figures of an attack from its votes and writes the files of the result. */
final class AttackReport {
    static final String RESULT = "result.json";

    private final RunContext run;
    private final AttackPlan plan;
    private final DejaVuSpec spec;
    private final String cut;
    private final List<AttackedRow> rows = new ArrayList<>();
    private final List<CurveTable.Curve> curves = new ArrayList<>();

    AttackReport(RunContext run, AttackPlan plan, DejaVuSpec spec, String cut) {
        this.run = run;
        this.plan = plan;
        this.spec = spec;
        this.cut = cut;
    }

    Map<String, Path> write(Verdicts verdicts) throws IOException {
        DejaVuResult.Builder result = DejaVuResult.newBuilder()
                .setK(plan.k())
                .setCut(cut)
                .setCandidates(plan.images(Direction.CANDIDATE))
                .setIndependents(plan.images(Direction.INDEPENDENT))
                .setMajority(plan.publicLabels().majority())
                .setChance(plan.publicLabels().chance());
        for (int crop = 0; crop < plan.crops().size(); crop++) {
            result.addCrops(crop(crop, verdicts));
        }
        Path json = run.scratch().resolve(RESULT);
        Path attacked = run.scratch().resolve(AttackedTable.FILE_NAME);
        Path curve = run.scratch().resolve(CurveTable.FILE_NAME);
        Files.writeString(json, RunSpecs.toJson(result));
        AttackedTable.write(attacked, rows);
        CurveTable.write(curve, curves);
        return Map.of(RESULT, json, AttackedTable.FILE_NAME, attacked, CurveTable.FILE_NAME, curve);
    }

    private CropResult crop(int crop, Verdicts verdicts) throws IOException {
        Map<Direction, List<LabelInference>> directions = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            List<AttackedRow> attacked = verdicts.of(crop, direction);
            rows.addAll(attacked);
            directions.put(direction, attacked.stream().map(AttackedRow::inference).toList());
        }
        int resamples = spec.getResamples() == 0 ? DejaVuRules.DEFAULT_RESAMPLES : spec.getResamples();
        PairedBootstrap bootstrap =
                new PairedBootstrap(List.copyOf(directions.values()), resamples, spec.getSeed(), run::checkStop);
        DejaVuScore score = DejaVuScore.of(
                directions.get(Direction.CANDIDATE), directions.get(Direction.INDEPENDENT), bootstrap);
        curves.add(new CurveTable.Curve(crop, CurveTable.MEAN, score.curve()));
        CropResult.Builder result = ResultMessages.crop(plan.crops().get(crop), score);
        directions.forEach((direction, images) -> {
            curves.add(new CurveTable.Curve(crop, direction.key(), ConfidenceCurve.of(images)));
            result.addDirections(ResultMessages.direction(direction, plan.attacked(crop, direction), images));
        });
        run.log(LogEntry.Severity.INFO, String.format(
                Locale.ROOT,
                "%s: target %.3f, reference %.3f, score %.3f [%.3f, %.3f]",
                CropSpecs.describe(plan.crops().get(crop)),
                score.target().value(),
                score.reference().value(),
                score.score().value(),
                score.score().low(),
                score.score().high()));
        return result.build();
    }
}
