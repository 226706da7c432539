package dev.engram.metrics.replicates;

import com.google.protobuf.Message;
import dev.engram.inputs.Inputs;
import dev.engram.metrics.layermem.SslMemTable;
import dev.engram.metrics.task.ImageTable;
import dev.engram.metrics.task.ResultJson;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.ClassMemResult;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.LogEntry;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.Replicate;
import dev.engram.v1.ReplicatesResult;
import dev.engram.v1.ReplicatesSpec;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Brings the results of several seeds together: every number with mean, standard deviation and interval, and whether the trainings memorize the same
 * images. Reads results and computes no measure; seconds, without a forward pass. A run that is not of the kind its field names ends this one as
 * INVALID_SPEC.
 */
public final class ReplicatesTask implements RunTask {

    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.REPLICATES;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        ReplicatesRules.check(spec.getReplicates(), violations);
    }

    @Override
    public List<String> uses(RunSpec spec) {
        return ReplicatesRules.runs(spec.getReplicates());
    }

    @Override
    public void execute(RunContext run) throws IOException {
        ReplicatesSpec spec = run.spec().getReplicates();
        List<SeedFigures> figures = new ArrayList<>();
        List<SslMemTable> tables = new ArrayList<>();
        Set<RunSpec> measured = new HashSet<>();
        ReplicatedTrainings trainings = new ReplicatedTrainings(run);
        for (Replicate replicate : spec.getReplicatesList()) {
            run.checkStop();
            run.progress("reading results", figures.size(), spec.getReplicatesCount(), "seed", Map.of());
            SeedFigures seed = new SeedFigures();
            for (Map.Entry<RunSpec.TaskCase, String> measure : ReplicatesRules.measures(replicate).entrySet()) {
                RunSpec measureSpec = specOf(run, measure.getValue(), measure.getKey());
                measured.add(Settings.of(measureSpec));
                trainings.add(replicate.getSeed(), measureSpec);
                read(run, measure.getValue(), measure.getKey(), seed, tables);
            }
            figures.add(seed);
        }
        ReplicatesResult.Builder result = ReplicatesResult.newBuilder()
                .addAllSeeds(spec.getReplicatesList().stream().map(Replicate::getSeed).toList())
                .addAllFigures(ReplicatedFigures.of(figures));
        List<String> warnings = new ArrayList<>(trainings.warnings());
        warnings.addAll(warnings(figures, tables, measured, ReplicatesRules.measures(spec.getReplicates(0)).size()));
        warnings.forEach(warning -> {
            run.log(LogEntry.Severity.WARNING, warning);
            result.addWarnings(warning);
        });
        if (!tables.isEmpty() && sameRows(tables) && trainings.isOfOneSplit()) {
            result.addAllAgreement(SeedAgreements.of(tables));
        }
        run.publish("result", "replicates", ReplicatesFiles.write(result.build(), run.scratch()));
    }

    private static RunSpec specOf(RunContext run, String name, RunSpec.TaskCase kind) {
        RunSpec spec = run.specOf(name);
        if (spec.getTaskCase() != kind) {
            throw RunFailure.invalidSpec("%s must be a %s run, is one of %s".formatted(name, kind, spec.getTaskCase()).toLowerCase(Locale.ROOT));
        }
        return spec;
    }

    private static List<String> warnings(List<SeedFigures> figures, List<SslMemTable> tables, Set<RunSpec> measured, int kinds) {
        List<String> warnings = new ArrayList<>();
        if (measured.size() > kinds) {
            warnings.add("The seeds were not measured alike (views, images or other options): what differs is not the training alone.");
        }
        List<String> incomplete = ReplicatedFigures.incomplete(figures);
        if (!incomplete.isEmpty()) {
            warnings.add("Not every seed has %s; %d numbers are left out.".formatted(incomplete.getFirst(), incomplete.size()));
        }
        if (!sameRows(tables)) {
            warnings.add("The LayerMems are of different networks, so that their images cannot be compared layer by layer.");
        }
        return warnings;
    }

    private static boolean sameRows(List<SslMemTable> tables) {
        return tables.stream().map(SslMemTable::layers).distinct().count() < 2;
    }

    private static void read(RunContext run, String name, RunSpec.TaskCase kind, SeedFigures seed, List<SslMemTable> tables) throws IOException {
        switch (kind) {
            case LAYER_MEM -> {
                LayerMemResult result = message(run, name, LayerMemResult.newBuilder()).build();
                seed.add(result);
                tables.add(Inputs.read(run, name, folder -> ImageTable.read(folder.resolve(ImageTable.FILE_NAME), result)));
            }
            case UNIT_MEM -> seed.add(message(run, name, UnitMemResult.newBuilder()).build());
            case CLASS_MEM -> seed.add(message(run, name, ClassMemResult.newBuilder()).build());
            case PROBE -> seed.add(message(run, name, ProbeResult.newBuilder()).build());
            case DEJA_VU -> seed.add(message(run, name, DejaVuResult.newBuilder()).build());
            default -> throw RunFailure.invalidSpec(name + " is of a kind that has no replicates: " + kind);
        }
    }

    private static <B extends Message.Builder> B message(RunContext run, String name, B builder) throws IOException {
        return Inputs.message(run, name, ResultJson.FILE_NAME, builder);
    }
}
