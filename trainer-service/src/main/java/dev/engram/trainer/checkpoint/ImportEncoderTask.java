package dev.engram.trainer.checkpoint;

import dev.engram.encoders.checkpoint.WeightsFile;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.file.CorruptFileException;
import dev.engram.encoders.importing.EncoderImport;
import dev.engram.encoders.importing.ImportPlan;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.Blob;
import dev.engram.store.Sha256;
import dev.engram.trainer.SummaryFile;
import dev.engram.v1.CheckpointReport;
import dev.engram.v1.CheckpointSource;
import dev.engram.v1.ImportEncoderSpec;
import dev.engram.v1.LogEntry;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes an encoder of a file of weights. The file is copied first, so that what is digested is what is read. The artifact depends on the file and
 * the spec's words alone, not on where the file was; an attempt that was cut short begins again.
 */
public final class ImportEncoderTask implements RunTask {
    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.IMPORT_ENCODER;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        ImportRules.check(spec.getImportEncoder(), violations);
    }

    @Override
    public List<String> uses(RunSpec spec) {
        return List.of();
    }

    @Override
    public void execute(RunContext run) throws IOException {
        ImportEncoderSpec spec = run.spec().getImportEncoder();
        Path copy = copy(run, spec.getSource());
        Blob digest = Sha256.of(copy);
        if (!spec.getSha256().isEmpty() && !spec.getSha256().equals(digest.sha256())) {
            throw RunFailure.invalidSpec("spec.sha256: the file is another one by now: its SHA-256 is %s, not %s"
                    .formatted(digest.sha256(), spec.getSha256()));
        }
        run.checkStop();
        try (WeightsFile file = WeightsFile.open(copy)) {
            make(run, spec, file, digest);
        } catch (CorruptFileException e) {
            throw RunFailure.invalidSpec("spec.source: " + e.getMessage().replace(copy.toString(), name(spec.getSource())));
        } catch (IllegalArgumentException e) {
            throw RunFailure.invalidSpec(e.getMessage());
        }
    }

    private static void make(RunContext run, ImportEncoderSpec spec, WeightsFile file, Blob digest) throws IOException {
        run.progress("matching names", 0, 0, "tensor", Map.of());
        ImportPlan plan = ImportPlan.of(
                file, ImportRules.question(spec.getReading(), spec.getNetwork(), spec.getNetworkOptionsMap(), spec.getSide()));
        FieldViolations problems = ImportProblems.of(spec, file, plan);
        if (!problems.isEmpty()) {
            throw RunFailure.invalidSpec(problems.toString());
        }
        CheckpointReport report = Reports.of(file, digest, plan);
        report.getNotesList().forEach(note -> run.log(LogEntry.Severity.INFO, note));
        report.getMissingList().forEach(missing ->
                run.log(LogEntry.Severity.WARNING, missing.getName() + " is not in the file and keeps its initial values"));
        run.checkStop();
        TorchEngine.start(run.threads());
        Path folder = run.scratch().resolve("checkpoint");
        new EncoderImport(plan).write(folder, ImportRules.augmentation(spec), details(report), (done, all) -> {
            run.progress("reading weights", done, all, "tensor", Map.of());
            run.checkStop();
        });
        run.progress("storing the checkpoint", 0, 0, "tensor", Map.of());
        run.publish("result", "import", Map.of(SummaryFile.RESULT, SummaryFile.write(report, run.scratch(), SummaryFile.RESULT)));
        run.publish("checkpoint", "checkpoint", filesOf(folder));
    }

    private static Map<String, String> details(CheckpointReport report) {
        return Map.of(
                "source_sha256", report.getSha256(),
                "source_format", report.getFormat(),
                "source_container", report.getContainer(),
                "source_prefix", report.getPrefix());
    }

    private static Path copy(RunContext run, CheckpointSource source) throws IOException {
        if (source.getSourceCase() != CheckpointSource.SourceCase.PATH) {
            return run.download(name(source), bytes -> {
                run.progress("fetching the file", bytes, 0, "byte", Map.of());
                run.checkStop();
            });
        }
        Path path = Path.of(source.getPath());
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw RunFailure.invalidSpec("spec.source.path: there is no readable file %s where the worker runs".formatted(path));
        }
        run.progress("copying the file", 0, Files.size(path), "byte", Map.of());
        Files.createDirectories(run.scratch());
        return Files.copy(path, run.scratch().resolve("source"));
    }

    static String name(CheckpointSource source) {
        return switch (source.getSourceCase()) {
            case UPLOAD -> source.getUpload();
            case OBJECT -> source.getObject();
            case PATH -> source.getPath();
            case SOURCE_NOT_SET -> "";
        };
    }

    private static Map<String, Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toMap(file -> file.getFileName().toString(), file -> file));
        }
    }
}
