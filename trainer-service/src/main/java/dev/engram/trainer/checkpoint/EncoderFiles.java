package dev.engram.trainer.checkpoint;

import com.google.protobuf.Message;
import dev.engram.encoders.checkpoint.CheckpointFolder;
import dev.engram.encoders.checkpoint.CheckpointManifest;
import dev.engram.encoders.checkpoint.WeightsFile;
import dev.engram.encoders.file.CorruptFileException;
import dev.engram.encoders.train.EncoderIdentity;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.Resources;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.Store;
import dev.engram.store.artifact.ArtifactFile;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.trainer.ResourceFields;
import dev.engram.trainer.ResultFiles;
import dev.engram.trainer.SummaryFile;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;

/** The files of encoders by name, verified. */
public final class EncoderFiles {
    private static final String SUFFIX = ".safetensors";

    private final Store store;
    private final Resources resources;
    private final ResultFiles files;

    public EncoderFiles(Store store, ResultFiles files) {
        this.store = Objects.requireNonNull(store, "store");
        this.files = Objects.requireNonNull(files, "files");
        this.resources = new Resources(store.catalogue());
    }

    /**
     * A finished encoder.
     *
     * @param run that made it
     * @param artifact id of its checkpoint
     */
    record Made(String name, RunRecord run, String artifact, CheckpointManifest manifest, EncoderIdentity identity) {
        /** Whether its checkpoint has a part such as {@code average_encoder}. */
        boolean has(String part) {
            return manifest.files().stream().anyMatch(file -> file.name().equals(part + SUFFIX));
        }
    }

    /**
     * The encoder of this name.
     *
     * @param field of the request, for errors
     * @throws dev.engram.store.ObjectNotFoundException if there is none
     * @throws io.grpc.StatusRuntimeException FAILED_PRECONDITION if it is not ready
     */
    Made get(String name, String field) {
        FieldViolations violations = new FieldViolations();
        ResourceFields.require("encoders", name, field, violations);
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
        RunRecord run = resources.maker(name);
        String artifact = files.artifact(run.id(), "checkpoint").orElseThrow(() -> Status.FAILED_PRECONDITION
                .withDescription("%s is not ready: runs/%s is %s".formatted(name, run.id(), run.state()))
                .asRuntimeException());
        String file = "artifacts/" + artifact + "/" + CheckpointFolder.MANIFEST;
        try {
            CheckpointManifest manifest = CheckpointManifest.fromJson(file, files.bytes(artifact, CheckpointFolder.MANIFEST));
            return new Made(name, run, artifact, manifest, EncoderIdentity.of(file, manifest));
        } catch (CorruptFileException e) {
            throw files.otherVersion(run.id(), e);
        }
    }

    /** The stored file of a part; empty if the checkpoint has no such part. */
    Optional<ArtifactFile> file(Made encoder, String part) {
        return encoder.has(part)
                ? Optional.of(store.artifacts().open(encoder.artifact()).manifest().file(part + SUFFIX))
                : Optional.empty();
    }

    /** What the encoder's run published beside its checkpoint, if it did. */
    <B extends Message.Builder> Optional<B> result(Made encoder, B builder) {
        return files.message(encoder.run().id(), encoder.run().state(), "result", SummaryFile.RESULT, builder);
    }

    /** The weights of a part, to be read lazily from a verified local copy; the caller closes it. */
    WeightsFile weights(Made encoder, String part) {
        ArtifactFile file = file(encoder, part).orElseThrow();
        try {
            return WeightsFile.open(store.blobs().file(file.blob()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
