package dev.engram.attack.audit;

import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.v1.AuditSpec;
import dev.engram.v1.OneModelSpec;
import dev.engram.v1.RunSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What an audit is about.
 *
 * @param runs specs by name, in the order asked for
 * @param encoders by name
 * @param attacked the pair or encoder of the first run
 */
record AuditSubjects(Map<String, RunSpec> runs, List<String> encoders, String attacked, String dataset, String split) {

    /** @throws RunFailure INVALID_SPEC naming the run that is none of an attack, or of other images */
    static AuditSubjects of(RunContext run, AuditSpec spec) {
        Map<String, RunSpec> runs = new LinkedHashMap<>();
        TreeSet<String> encoders = new TreeSet<>();
        Subject first = null;
        for (int i = 0; i < spec.getRunsCount(); i++) {
            RunSpec made = run.specOf(spec.getRuns(i));
            Subject subject = subject(run, made, i);
            runs.put(spec.getRuns(i), made);
            encoders.addAll(subject.encoders);
            first = first == null ? subject : first;
            if (!first.split.equals(subject.split)) {
                throw AuditTask.refused(i, "is about %s, the first is about %s".formatted(subject.split, first.split));
            }
        }
        return new AuditSubjects(runs, new ArrayList<>(encoders), first.attacked, first.dataset, first.split);
    }

    private record Subject(String attacked, List<String> encoders, String dataset, String split) {}

    private static Subject subject(RunContext run, RunSpec made, int index) {
        return switch (made.getTaskCase()) {
            case DEJA_VU -> of(run.pair(made.getDejaVu().getPair()));
            case ONE_MODEL -> made.getOneModel().getPair().isEmpty()
                    ? alone(run, made.getOneModel())
                    : of(run.pair(made.getOneModel().getPair()));
            default -> throw AuditTask.refused(index, "is no déjà vu attack and no test of one model");
        };
    }

    private static Subject of(ResolvedPair pair) {
        return new Subject(
                pair.name(), Stream.of(pair.candidate(), pair.reference()).toList(), pair.dataset(), pair.split());
    }

    private static Subject alone(RunContext run, OneModelSpec spec) {
        String split = spec.getSplit().isEmpty()
                ? run.specOf(spec.getEncoder()).getTrainEncoder().getSplit()
                : spec.getSplit();
        return new Subject(
                spec.getEncoder(), List.of(spec.getEncoder()), run.specOf(split).getCreateSplit().getDataset(), split);
    }
}
