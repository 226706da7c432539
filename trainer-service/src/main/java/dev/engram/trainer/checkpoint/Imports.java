package dev.engram.trainer.checkpoint;

import dev.engram.runs.InvalidRunException;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.RunTasks;
import dev.engram.store.Store;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.trainer.ResourceFields;
import dev.engram.trainer.ResultFiles;
import dev.engram.trainer.SummaryFile;
import dev.engram.v1.CheckpointReport;
import dev.engram.v1.ImportEncoderRequest;
import dev.engram.v1.ImportedEncoder;
import dev.engram.v1.RunSpec;
import io.grpc.Status;
import java.util.Objects;

/** Starts imports and says what they loaded. */
public final class Imports {
    private final Store store;
    private final RunSubmission submission;
    private final ResultFiles files;

    public Imports(Store store, RunSubmission submission, ResultFiles files) {
        this.store = Objects.requireNonNull(store, "store");
        this.submission = Objects.requireNonNull(submission, "submission");
        this.files = Objects.requireNonNull(files, "files");
    }

    /** @throws InvalidRunException with every field that is wrong */
    public ImportedEncoder create(ImportEncoderRequest request) {
        RunRecord run = submission.submit(
                RunSpec.newBuilder().setImportEncoder(request.getSpec()).build(), request.getEncoderId(), request.getRequestId());
        return ImportedEncoder.newBuilder().setEncoder("encoders/" + run.id()).setRun("runs/" + run.id()).build();
    }

    /** @param name {@code runs/x} or {@code encoders/x} */
    public CheckpointReport report(String name) {
        RunRecord run = store.catalogue().runs().get(ResourceFields.runOfEncoder(name));
        if (!run.kind().equals(RunTasks.kindName(RunSpec.TaskCase.IMPORT_ENCODER))) {
            throw Status.FAILED_PRECONDITION.withDescription(name + " is no import").asRuntimeException();
        }
        return files.message(run.id(), run.state(), "result", SummaryFile.RESULT, CheckpointReport.newBuilder())
                .map(CheckpointReport.Builder::build)
                .orElseThrow(() -> Status.FAILED_PRECONDITION
                        .withDescription("runs/%s has not succeeded, it is %s".formatted(run.id(), run.state()))
                        .asRuntimeException());
    }
}
