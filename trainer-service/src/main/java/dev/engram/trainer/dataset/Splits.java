package dev.engram.trainer.dataset;

import dev.engram.runs.InvalidRunException;
import dev.engram.runs.Resources;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.Store;
import dev.engram.store.catalogue.Page;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.trainer.ResourceFields;
import dev.engram.trainer.ResultFiles;
import dev.engram.trainer.RunPages;
import dev.engram.trainer.SummaryFile;
import dev.engram.v1.CreateSplitRequest;
import dev.engram.v1.ListSplitsRequest;
import dev.engram.v1.ListSplitsResponse;
import dev.engram.v1.RunSpec;
import dev.engram.v1.Split;
import dev.engram.v1.SplitSummary;
import java.util.Objects;

/** Splits by name: each is what the run of the same id draws. */
public final class Splits {
    private final Store store;
    private final RunSubmission submission;
    private final Resources resources;
    private final ResultFiles files;

    public Splits(Store store, RunSubmission submission, ResultFiles files) {
        this.store = Objects.requireNonNull(store, "store");
        this.submission = Objects.requireNonNull(submission, "submission");
        this.files = Objects.requireNonNull(files, "files");
        this.resources = new Resources(store.catalogue());
    }

    /** Starts drawing a split. */
    public Split create(CreateSplitRequest request) {
        RunSpec spec = RunSpec.newBuilder().setCreateSplit(request.getSpec()).build();
        return split(submission.submit(spec, request.getSplitId(), request.getRequestId()));
    }

    /** @param name {@code splits/x} */
    public Split get(String name) {
        FieldViolations violations = new FieldViolations();
        ResourceFields.require("splits", name, "name", violations);
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
        return split(resources.maker(name));
    }

    public ListSplitsResponse list(ListSplitsRequest request) {
        Page<RunRecord> page = RunPages.of(
                store.catalogue(), RunSpec.TaskCase.CREATE_SPLIT, request.getPageSize(), request.getPageToken());
        return ListSplitsResponse.newBuilder()
                .addAllSplits(page.items().stream().map(this::split).toList())
                .setNextPageToken(page.nextPageToken().orElse(""))
                .build();
    }

    private Split split(RunRecord run) {
        Split.Builder split = Split.newBuilder()
                .setName("splits/" + run.id())
                .setSpec(RunSpecs.parse(run.spec()).getCreateSplit())
                .setRun("runs/" + run.id());
        files.message(run.id(), run.state(), "split", SummaryFile.NAME, SplitSummary.newBuilder())
                .ifPresent(split::setSummary);
        return split.build();
    }
}
