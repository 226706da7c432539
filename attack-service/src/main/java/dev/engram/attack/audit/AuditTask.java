package dev.engram.attack.audit;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Split;
import dev.engram.inputs.Inputs;
import dev.engram.runs.ResourceName;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.AuditReport;
import dev.engram.v1.AuditSpec;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes {@code audit.json} and {@code audit.html} of finished attacks. Needs no engine and no network. Cost: reading the results. */
public final class AuditTask implements RunTask {
    static final int DEFAULT_EXAMPLES = 12;

    private static final int MOST_RUNS = 16;
    private static final int MOST_EXAMPLES = 50;
    private static final int LONGEST_TITLE = 200;

    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.AUDIT;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        AuditSpec audit = spec.getAudit();
        violations.require(
                audit.getRunsCount() >= 1 && audit.getRunsCount() <= MOST_RUNS,
                "spec.runs",
                "must be 1 to %d, are %d".formatted(MOST_RUNS, audit.getRunsCount()));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < audit.getRunsCount(); i++) {
            String run = audit.getRuns(i);
            String field = "spec.runs[" + i + "]";
            violations.require(
                    ResourceName.parse(run).filter(name -> name.collection().equals("runs")).isPresent(),
                    field,
                    "must be runs/{run}, is \"%s\"".formatted(run));
            violations.require(seen.add(run), field, "is there twice");
        }
        violations.require(
                audit.getTitle().length() <= LONGEST_TITLE,
                "spec.title",
                "must have at most %d characters, has %d".formatted(LONGEST_TITLE, audit.getTitle().length()));
        violations.require(
                audit.getExamples() >= 0 && audit.getExamples() <= MOST_EXAMPLES,
                "spec.examples",
                "must be 0 to %d, is %d".formatted(MOST_EXAMPLES, audit.getExamples()));
    }

    @Override
    public List<String> uses(RunSpec spec) {
        return spec.getAudit().getRunsList();
    }

    @Override
    public void execute(RunContext run) throws IOException {
        AuditSpec spec = run.spec().getAudit();
        run.progress("reading results", 0, spec.getRunsCount(), "result", Map.of());
        AuditSubjects subjects = AuditSubjects.of(run, spec);
        ImageSet images = Inputs.images(run, subjects.dataset());
        Split split = Inputs.split(run, subjects.split(), images);
        AuditExamples examples = new AuditExamples(run, spec.hasExamples() ? spec.getExamples() : DEFAULT_EXAMPLES);
        AuditReport report = new AuditFindings(run, subjects, images, split, examples).report();
        run.checkStop();
        run.progress("writing the report", 0, 0, "result", Map.of());
        Path json = Files.writeString(run.scratch().resolve("audit.json"), RunSpecs.toJson(report));
        Path html = Files.writeString(run.scratch().resolve("audit.html"), new AuditPage(report, images).html());
        run.publish("result", "audit", Map.of("audit.json", json, "audit.html", html));
    }

    static RunFailure refused(int run, String reason) {
        return RunFailure.invalidSpec("spec.runs[%d]: %s".formatted(run, reason));
    }
}
