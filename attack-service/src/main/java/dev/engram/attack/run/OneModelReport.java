package dev.engram.attack.run;

import dev.engram.attack.dejavu.Cell;
import dev.engram.attack.dejavu.ClassGap;
import dev.engram.attack.dejavu.ConfidenceCurve;
import dev.engram.attack.dejavu.DejaVuScore;
import dev.engram.attack.dejavu.LabelInference;
import dev.engram.attack.dejavu.NeighborVote;
import dev.engram.attack.dejavu.PairedBootstrap;
import dev.engram.attack.onemodel.Agreement;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunSpecs;
import dev.engram.v1.CropResult;
import dev.engram.v1.LogEntry;
import dev.engram.v1.OneModelReference;
import dev.engram.v1.OneModelResult;
import dev.engram.v1.OneModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures and files of a test of one model: for each reference what an attack reports with the other encoder in its place. */
final class OneModelReport {
    static final String CORRELATIONS = "correlations.csv";

    private final RunContext run;
    private final OneModelSpec spec;
    private final AttackPlan plan;
    private final TestedEncoders tested;
    private final Verdicts verdicts;
    private final List<AttackedRow> rows = new ArrayList<>();
    private final List<CurveTable.Curve> curves = new ArrayList<>();
    private final List<List<ClassGap>> classes = new ArrayList<>();

    OneModelReport(RunContext run, AttackPlan plan, TestedEncoders tested, Verdicts verdicts) {
        this.run = run;
        this.spec = run.spec().getOneModel();
        this.plan = plan;
        this.tested = tested;
        this.verdicts = verdicts;
    }

    /** @param guesses of each direction by reference */
    Map<String, Path> write(Map<Direction, Map<String, List<NeighborVote>>> guesses) throws IOException {
        OneModelResult.Builder result = OneModelResult.newBuilder()
                .setDataset(tested.dataset())
                .setK(plan.k())
                .setMajority(plan.publicLabels().majority())
                .setChance(plan.publicLabels().chance())
                .setPublicImages(plan.publicIndices().length);
        for (Direction direction : tested.directions()) {
            int images = plan.images(direction);
            switch (direction) {
                case CANDIDATE -> result.setCandidates(images);
                case INDEPENDENT -> result.setIndependents(images);
            }
        }
        for (String reference : guesses.get(tested.directions().getFirst()).keySet()) {
            List<List<AttackedRow>> attacked = new ArrayList<>();
            for (Direction direction : tested.directions()) {
                attacked.add(against(direction, guesses.get(direction).get(reference)));
            }
            result.addReferences(reference(reference, result.getReferencesCount(), attacked));
        }
        List<AttackedRow> correlated = correlations(guesses);
        result.setCorrelations(correlated.size());
        return files(result.build(), correlated);
    }

    private Map<String, Path> files(OneModelResult result, List<AttackedRow> correlated) throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        for (String name : List.of(
                AttackReport.RESULT, AttackedTable.FILE_NAME, CurveTable.FILE_NAME, ClassTable.FILE_NAME, CORRELATIONS)) {
            files.put(name, run.scratch().resolve(name));
        }
        Files.writeString(files.get(AttackReport.RESULT), RunSpecs.toJson(result.toBuilder()));
        AttackedTable.write(files.get(AttackedTable.FILE_NAME), rows);
        CurveTable.write(files.get(CurveTable.FILE_NAME), curves);
        ClassTable.write(files.get(ClassTable.FILE_NAME), classes, plan.images().classNames());
        StringBuilder csv = new StringBuilder("image_id,label,direction\n");
        correlated.forEach(row -> csv.append(row.inference().image()).append(',').append(row.inference().label())
                .append(',').append(row.direction().key()).append('\n'));
        Files.writeString(files.get(CORRELATIONS), csv);
        return files;
    }

    private List<AttackedRow> against(Direction direction, List<NeighborVote> guesses) throws IOException {
        List<AttackedRow> against = new ArrayList<>();
        for (AttackedRow row : verdicts.targets(0, 0, direction)) {
            against.add(row.against(guesses.get(against.size()), new long[0]));
        }
        return against;
    }

    private OneModelReference reference(String name, int index, List<List<AttackedRow>> attacked) throws IOException {
        List<List<LabelInference>> directions = attacked.stream()
                .map(direction -> direction.stream().map(AttackedRow::inference).toList())
                .toList();
        int resamples = spec.getResamples() == 0 ? DejaVuRules.DEFAULT_RESAMPLES : spec.getResamples();
        DejaVuScore score = DejaVuScore.of(
                directions, new PairedBootstrap(directions, resamples, spec.getSeed(), run::checkStop));
        List<ClassGap> gaps = ClassGap.of(directions, plan.images().classNames().size());
        CropResult.Builder figures = ResultMessages.crop(plan.crops().getFirst(), score)
                .setCut(plan.cuts().getFirst());
        gaps.forEach(gap -> figures.addClasses(ResultMessages.classGap(gap)));
        classes.add(gaps);
        curves.add(new CurveTable.Curve(index, CurveTable.MEAN, score.curve()));
        for (int i = 0; i < directions.size(); i++) {
            Direction direction = tested.directions().get(i);
            figures.addDirections(ResultMessages.direction(
                    direction, plan.attacked(0, direction), directions.get(i), plan.images().labels()));
            curves.add(new CurveTable.Curve(index, direction.key(), ConfidenceCurve.of(directions.get(i))));
            attacked.get(i).forEach(row -> rows.add(row.under(index)));
        }
        OneModelReference.Builder reference = OneModelReference.newBuilder().setName(name).setFigures(figures);
        if (tested.isPair()) {
            reference.setAgreement(agreement(attacked));
        }
        run.log(LogEntry.Severity.INFO, String.format(
                Locale.ROOT,
                "against %s: neighbours right %.3f, reference %.3f, score %.3f [%.3f, %.3f]",
                name,
                score.top1().target().value(),
                score.top1().reference().value(),
                score.top1().score().value(),
                score.top1().score().low(),
                score.top1().score().high()));
        return reference.build();
    }

    private dev.engram.v1.TestAgreement agreement(List<List<AttackedRow>> attacked) throws IOException {
        List<Boolean> one = new ArrayList<>();
        List<Boolean> two = new ArrayList<>();
        for (List<AttackedRow> direction : attacked) {
            direction.forEach(row -> one.add(row.cell() == Cell.MEMORIZED));
            verdicts.of(0, 0, direction.getFirst().direction()).forEach(row -> two.add(row.cell() == Cell.MEMORIZED));
        }
        Agreement agreement = Agreement.of(array(one), array(two));
        return dev.engram.v1.TestAgreement.newBuilder()
                .setBoth(agreement.both())
                .setOnlyOneModel(agreement.onlyFirst())
                .setOnlyTwoModels(agreement.onlySecond())
                .setNeither(agreement.neither())
                .setKappa(agreement.kappa())
                .setPrecision(agreement.precision())
                .setRecall(agreement.recall())
                .build();
    }

    /** Images that every reference names rightly, in the plan's order. */
    private List<AttackedRow> correlations(Map<Direction, Map<String, List<NeighborVote>>> guesses) throws IOException {
        List<AttackedRow> correlated = new ArrayList<>();
        for (Direction direction : tested.directions()) {
            List<AttackedRow> attacked = verdicts.targets(0, 0, direction);
            for (int i = 0; i < attacked.size(); i++) {
                int image = i;
                int label = attacked.get(i).inference().label();
                if (guesses.get(direction).values().stream().allMatch(of -> of.get(image).isTop1(label))) {
                    correlated.add(attacked.get(i));
                }
            }
        }
        return correlated;
    }

    private static boolean[] array(List<Boolean> values) {
        boolean[] array = new boolean[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }
}
