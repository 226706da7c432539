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
import dev.engram.v1.CreateDatasetRequest;
import dev.engram.v1.Dataset;
import dev.engram.v1.DatasetSummary;
import dev.engram.v1.ListDatasetsRequest;
import dev.engram.v1.ListDatasetsResponse;
import dev.engram.v1.RunSpec;
import java.util.Objects;

/** Data sets by name: each is what the run of the same id packs. */
public final class Datasets {
    private final Store store;
    private final RunSubmission submission;
    private final Resources resources;
    private final ResultFiles files;

    public Datasets(Store store, RunSubmission submission, ResultFiles files) {
        this.store = Objects.requireNonNull(store, "store");
        this.submission = Objects.requireNonNull(submission, "submission");
        this.files = Objects.requireNonNull(files, "files");
        this.resources = new Resources(store.catalogue());
    }

    /** Starts packing a data set. */
    public Dataset create(CreateDatasetRequest request) {
        RunSpec spec = RunSpec.newBuilder().setRegisterDataset(request.getSpec()).build();
        return dataset(submission.submit(spec, request.getDatasetId(), request.getRequestId()));
    }

    /** @param name {@code datasets/x} */
    public Dataset get(String name) {
        FieldViolations violations = new FieldViolations();
        ResourceFields.require("datasets", name, "name", violations);
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
        return dataset(resources.maker(name));
    }

    public ListDatasetsResponse list(ListDatasetsRequest request) {
        Page<RunRecord> page = RunPages.of(
                store.catalogue(), RunSpec.TaskCase.REGISTER_DATASET, request.getPageSize(), request.getPageToken());
        return ListDatasetsResponse.newBuilder()
                .addAllDatasets(page.items().stream().map(this::dataset).toList())
                .setNextPageToken(page.nextPageToken().orElse(""))
                .build();
    }

    private Dataset dataset(RunRecord run) {
        Dataset.Builder dataset = Dataset.newBuilder()
                .setName("datasets/" + run.id())
                .setSpec(RunSpecs.parse(run.spec()).getRegisterDataset())
                .setRun("runs/" + run.id());
        files.message(run.id(), run.state(), "dataset", SummaryFile.NAME, DatasetSummary.newBuilder())
                .ifPresent(dataset::setSummary);
        return dataset.build();
    }
}
