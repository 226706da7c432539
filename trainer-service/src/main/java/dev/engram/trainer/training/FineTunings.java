package dev.engram.trainer.training;

import dev.engram.runs.InvalidRunException;
import dev.engram.runs.Resources;
import dev.engram.runs.RunStateException;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.RunTasks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.trainer.ResourceFields;
import dev.engram.trainer.ResultFiles;
import dev.engram.trainer.SummaryFile;
import dev.engram.v1.FineTuneRequest;
import dev.engram.v1.FineTuneResult;
import dev.engram.v1.FineTuneSpec;
import dev.engram.v1.FineTunedEncoder;
import dev.engram.v1.RunSpec;
import java.util.Objects;

/** Starts fine-tunings and reads what they found. */
public final class FineTunings {
    private final Catalogue catalogue;
    private final RunSubmission submission;
    private final Resources resources;
    private final ResultFiles files;

    public FineTunings(Catalogue catalogue, RunSubmission submission, ResultFiles files) {
        this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
        this.submission = Objects.requireNonNull(submission, "submission");
        this.files = Objects.requireNonNull(files, "files");
        this.resources = new Resources(catalogue);
    }

    /** Starts a fine-tuning, with the split filled in that the source, or what it was made of, was trained on. */
    public FineTunedEncoder create(FineTuneRequest request) {
        RunRecord run = submission.submit(
                RunSpec.newBuilder().setFineTune(withSplit(request.getSpec())).build(), request.getEncoderId(), request.getRequestId());
        return FineTunedEncoder.newBuilder().setEncoder("encoders/" + run.id()).setRun("runs/" + run.id()).build();
    }

    private FineTuneSpec withSplit(FineTuneSpec spec) {
        if (!spec.getSplit().isEmpty() || resources.findMaker(spec.getSource()).isEmpty()) {
            return spec;
        }
        String split = resources.origin(spec.getSource()).getTrainEncoder().getSplit();
        if (split.isEmpty()) {
            FieldViolations violations = new FieldViolations();
            violations.add("spec.split", "is required: " + spec.getSource() + " was not trained on a split");
            throw new InvalidRunException(violations);
        }
        return spec.toBuilder().setSplit(split).build();
    }

    /**
     * @param name {@code encoders/x} or {@code runs/x} of a fine-tuning
     * @throws RunStateException until it has succeeded
     */
    public FineTuneResult result(String name) {
        RunRecord run = catalogue.runs().get(ResourceFields.runOfEncoder(name));
        if (!run.kind().equals(RunTasks.kindName(RunSpec.TaskCase.FINE_TUNE))) {
            throw new ObjectNotFoundException(name + " of a fine-tuning; that one is of kind " + run.kind());
        }
        return files.message(run.id(), run.state(), "result", SummaryFile.RESULT, FineTuneResult.newBuilder())
                .orElseThrow(() -> new RunStateException(name + " is " + run.state() + ": it has no result yet"))
                .build();
    }
}
