package dev.engram.metrics.result;

import com.google.protobuf.Message;
import dev.engram.runs.ResourceName;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.artifact.ArtifactRepository;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.v1.EncoderEdit;
import dev.engram.v1.ExchangeResult;
import dev.engram.v1.ListOwnedUnitsRequest;
import dev.engram.v1.ListOwnedUnitsResponse;
import dev.engram.v1.PruningResult;
import dev.engram.v1.RunSpec;

/** Results of what was done to encoders. Errors as those of {@link MeasureResults}. Thread-safe. */
public final class InterventionResults {
    private final ResultArtifacts artifacts;
    private final ResultFiles files;
    private final OwnedUnitResults owned;

    private InterventionResults(ResultArtifacts artifacts) {
        this.artifacts = artifacts;
        this.files = new ResultFiles(artifacts);
        this.owned = new OwnedUnitResults(artifacts, files);
    }

    public static InterventionResults of(Catalogue catalogue, ArtifactRepository repository) {
        return new InterventionResults(new ResultArtifacts(catalogue, repository));
    }

    /**
     * What an edit changed.
     *
     * @param name {@code encoders/x} or {@code runs/x}
     */
    public EncoderEdit edit(String name) {
        String run = ResourceName.parse(name)
                .filter(parsed -> parsed.collection().equals("encoders"))
                .map(parsed -> "runs/" + parsed.id())
                .orElse(name);
        return message(run, RunSpec.TaskCase.EDIT_ENCODER, EncoderEdit.newBuilder()).build();
    }

    /** The units that images own by a UnitMem. */
    public ListOwnedUnitsResponse ownedUnits(ListOwnedUnitsRequest request) {
        return owned.list(request);
    }

    /** @param run {@code runs/x} of a pruning curve */
    public PruningResult pruning(String run) {
        return message(run, RunSpec.TaskCase.PRUNING, PruningResult.newBuilder()).build();
    }

    /** @param run {@code runs/x} of an exchange sweep */
    public ExchangeResult exchange(String run) {
        return message(run, RunSpec.TaskCase.EXCHANGE, ExchangeResult.newBuilder()).build();
    }

    private <B extends Message.Builder> B message(String run, RunSpec.TaskCase kind, B builder) {
        return files.message(artifacts.find(run, kind, new FieldViolations()), builder);
    }
}
