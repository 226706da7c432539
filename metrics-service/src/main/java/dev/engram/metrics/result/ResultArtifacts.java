package dev.engram.metrics.result;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.checkpoint.CheckpointFolder;
import dev.engram.encoders.checkpoint.CheckpointManifest;
import dev.engram.encoders.file.CorruptFileException;
import dev.engram.encoders.train.EncoderIdentity;
import dev.engram.metrics.task.AskedViews;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.OtherVersionException;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.ResourceName;
import dev.engram.runs.Resources;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.RunStateException;
import dev.engram.runs.RunTasks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.artifact.Artifact;
import dev.engram.store.artifact.ArtifactRepository;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import java.util.Optional;

/** From a request's {@code run} to the result artifact of that run. */
public final class ResultArtifacts {
    private static final String RESULT = "result";

    private final Catalogue catalogue;
    private final ArtifactRepository artifacts;

    public ResultArtifacts(Catalogue catalogue, ArtifactRepository artifacts) {
        this.catalogue = requireNonNull(catalogue, "catalogue");
        this.artifacts = requireNonNull(artifacts, "artifacts");
    }

    /**
     * Id of the result of the finished run that a request names in its field {@code run}.
     *
     * @see #find(String, String, RunSpec.TaskCase, FieldViolations)
     */
    String find(String run, RunSpec.TaskCase kind, FieldViolations violations) {
        return find("run", run, kind, violations).artifact();
    }

    /**
     * The finished run that a field of a request names.
     *
     * @param field of the request
     * @param run {@code runs/x}
     * @param kind of run it must be
     * @param violations what else is wrong with the request; thrown together with what is wrong with the name
     * @throws InvalidRunException with every field that is wrong
     * @throws ObjectNotFoundException if there is no such run
     * @throws RunStateException until the run has succeeded
     */
    FinishedRun find(String field, String run, RunSpec.TaskCase kind, FieldViolations violations) {
        boolean isName = ResourceName.parse(run)
                .filter(name -> name.collection().equals("runs"))
                .isPresent();
        violations.require(isName, field, run.isEmpty() ? "is required: runs/…" : "must be runs/…, is \"" + run + "\"");
        refuse(violations);
        RunRecord record = catalogue.runs()
                .find(ResourceName.idOf("runs", run))
                .orElseThrow(() -> new ObjectNotFoundException(run));
        violations.require(
                record.kind().equals(RunTasks.kindName(kind)),
                field,
                "must be a %s run, %s is one of %s".formatted(RunTasks.kindName(kind), run, record.kind()));
        refuse(violations);
        if (record.state() != Run.State.SUCCEEDED) {
            throw new RunStateException(
                    "%s has no result before it has succeeded; it is %s".formatted(run, record.state()));
        }
        return catalogue.artifacts()
                .madeBy(record.id(), RESULT)
                .map(artifact -> new FinishedRun(artifact, RunSpecs.parse(record.spec())))
                .orElseThrow(() -> new ObjectNotFoundException("the result of " + run));
    }

    /** What a pair consists of. */
    ResolvedPair pair(String pair) {
        return new Resources(catalogue).pair(pair);
    }

    /**
     * What an encoder is, by the manifest of its checkpoint.
     *
     * @param encoder {@code encoders/x}
     * @throws RunStateException if it is not ready
     */
    EncoderIdentity identity(String encoder) {
        RunRecord maker = new Resources(catalogue).maker(encoder);
        String checkpoint = catalogue.artifacts()
                .madeBy(maker.id(), "checkpoint")
                .orElseThrow(() -> new RunStateException("%s is not ready: runs/%s is %s".formatted(encoder, maker.id(), maker.state())));
        String file = "artifacts/" + checkpoint + "/" + CheckpointFolder.MANIFEST;
        byte[] manifest = artifacts.open(checkpoint).bytes(CheckpointFolder.MANIFEST);
        try {
            return EncoderIdentity.of(file, CheckpointManifest.fromJson(file, manifest));
        } catch (CorruptFileException e) {
            throw OtherVersionException.ofResult("runs/" + maker.id(), maker.engramVersion(), e);
        }
    }

    /**
     * By which augmentation a measure saw the images of an encoder; empty if the encoder whose training it is of is gone.
     *
     * @param pair {@code pairs/x} that was measured
     * @param reference whether g was
     */
    Optional<AugmentationRecipe> augmentation(String pair, boolean reference, AskedViews asked) {
        if (asked.given().isPresent()) {
            return asked.given();
        }
        try {
            ResolvedPair trained = pair(asked.pair().orElse(pair));
            return Optional.of(identity(reference && asked.pair().isEmpty() ? trained.reference() : trained.candidate()).augmentation());
        } catch (ObjectNotFoundException | RunStateException e) {
            return Optional.empty();
        }
    }

    /** What to throw if a result is whole, as all that is read is verified, and cannot be read. */
    OtherVersionException otherVersion(String artifact, Exception reason) {
        RunRecord maker = catalogue.runs().get(catalogue.artifacts().producers(artifact).getFirst().runId());
        return OtherVersionException.ofResult("runs/" + maker.id(), maker.engramVersion(), reason);
    }

    /** The artifact of this id. */
    Artifact open(String id) {
        return artifacts.open(id);
    }

    /** @throws InvalidRunException if anything is wrong */
    static void refuse(FieldViolations violations) {
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
    }
}
