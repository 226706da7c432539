package dev.engram.trainer.training;

import dev.engram.encoders.checkpoint.CheckpointFolder;
import dev.engram.encoders.checkpoint.CheckpointManifest;
import dev.engram.encoders.file.CorruptFileException;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.EncoderOrigin;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.Resources;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.Page;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.trainer.ResourceFields;
import dev.engram.trainer.ResultFiles;
import dev.engram.trainer.RunPages;
import dev.engram.v1.Encoder;
import dev.engram.v1.ListEncodersRequest;
import dev.engram.v1.ListEncodersResponse;
import dev.engram.v1.RunSpec;
import java.util.Objects;
import java.util.Set;

/** Encoders by name: each is what the run of the same id trains, imports or makes of another. */
public final class Encoders {
    private final Catalogue catalogue;
    private final Resources resources;
    private final ResultFiles files;

    public Encoders(Catalogue catalogue, ResultFiles files) {
        this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
        this.files = Objects.requireNonNull(files, "files");
        this.resources = new Resources(catalogue);
    }

    /** @param name {@code encoders/x} */
    public Encoder get(String name) {
        FieldViolations violations = new FieldViolations();
        ResourceFields.require("encoders", name, "name", violations);
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
        return encoder(resources.maker(name));
    }

    public ListEncodersResponse list(ListEncodersRequest request) {
        Page<RunRecord> page = RunPages.of(
                catalogue,
                Set.of(RunSpec.TaskCase.TRAIN_ENCODER, RunSpec.TaskCase.IMPORT_ENCODER, RunSpec.TaskCase.EDIT_ENCODER, RunSpec.TaskCase.FINE_TUNE),
                request.getPageSize(),
                request.getPageToken());
        return ListEncodersResponse.newBuilder()
                .addAllEncoders(page.items().stream().map(this::encoder).toList())
                .setNextPageToken(page.nextPageToken().orElse(""))
                .build();
    }

    private Encoder encoder(RunRecord run) {
        Encoder.Builder encoder = Encoder.newBuilder()
                .setName("encoders/" + run.id())
                .setRun("runs/" + run.id());
        RunSpec spec = RunSpecs.parse(run.spec());
        if (spec.hasTrainEncoder()) {
            encoder.setSpec(spec.getTrainEncoder());
        }
        encoder.setImported(spec.hasImportEncoder());
        EncoderOrigin.source(spec).ifPresent(encoder::setSource);
        files.artifact(run.id(), "checkpoint").ifPresent(artifact -> {
            byte[] json = files.bytes(artifact, CheckpointFolder.MANIFEST);
            try {
                CheckpointManifest manifest = CheckpointManifest.fromJson("artifacts/" + artifact, json);
                encoder.setCheckpoint("artifacts/" + artifact)
                        .setParameters(TrainedEncoder.parameters(manifest))
                        .setCollapsed(Boolean.parseBoolean(manifest.details().get(CheckpointFiles.COLLAPSED)));
            } catch (CorruptFileException e) {
                throw files.otherVersion(run.id(), e);
            }
        });
        return encoder.build();
    }
}
