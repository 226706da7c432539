package dev.engram.attack.result;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.engram.attack.dejavu.Cell;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.OtherVersionException;
import dev.engram.runs.ResourceName;
import dev.engram.runs.RunStateException;
import dev.engram.runs.RunTasks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.artifact.Artifact;
import dev.engram.store.artifact.ArtifactRepository;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.AttackSweepResult;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.ListAttackedImagesRequest;
import dev.engram.v1.ListAttackedImagesResponse;
import dev.engram.v1.OneModelResult;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TracedPruningResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what déjà vu runs have published. */
public final class DejaVuResults {
    private static final String RESULT_ROLE = "result";
    private static final String DEJA_VU = RunTasks.kindName(RunSpec.TaskCase.DEJA_VU);
    private static final String ONE_MODEL = RunTasks.kindName(RunSpec.TaskCase.ONE_MODEL);
    private static final String ATTACK_SWEEP = RunTasks.kindName(RunSpec.TaskCase.ATTACK_SWEEP);
    private static final String TRACED_PRUNING = RunTasks.kindName(RunSpec.TaskCase.TRACED_PRUNING);
    private static final int DEFAULT_PAGE = 20;
    private static final int LARGEST_PAGE = 200;

    private final Catalogue catalogue;
    private final ArtifactRepository artifacts;

    public DejaVuResults(Catalogue catalogue, ArtifactRepository artifacts) {
        this.catalogue = requireNonNull(catalogue, "catalogue");
        this.artifacts = requireNonNull(artifacts, "artifacts");
    }

    /**
     * The figures of a run.
     *
     * @param run {@code runs/x}
     * @throws InvalidRunException if that is no name of a déjà vu run
     * @throws ObjectNotFoundException if there is no such run
     * @throws RunStateException until it has succeeded
     */
    public DejaVuResult get(String run) {
        FieldViolations violations = new FieldViolations();
        Optional<RunRecord> record = find(run, violations, DEJA_VU);
        refuse(violations);
        return read(record.orElseThrow(), DejaVuResult.newBuilder()).build();
    }

    /** The figures of a run that tests one model; refused as {@link #get}. */
    public OneModelResult oneModel(String run) {
        FieldViolations violations = new FieldViolations();
        Optional<RunRecord> record = find(run, violations, ONE_MODEL);
        refuse(violations);
        return read(record.orElseThrow(), OneModelResult.newBuilder()).build();
    }

    /** The figures of a run that brings attacks together; refused as {@link #get}. */
    public AttackSweepResult sweep(String run) {
        FieldViolations violations = new FieldViolations();
        Optional<RunRecord> record = find(run, violations, ATTACK_SWEEP);
        refuse(violations);
        return read(record.orElseThrow(), AttackSweepResult.newBuilder()).build();
    }

    /** The figures of a run that compares attacks before and after pruning; refused as {@link #get}. */
    public TracedPruningResult tracedPruning(String run) {
        FieldViolations violations = new FieldViolations();
        Optional<RunRecord> record = find(run, violations, TRACED_PRUNING);
        refuse(violations);
        return read(record.orElseThrow(), TracedPruningResult.newBuilder()).build();
    }

    /**
     * A page of attacked images.
     *
     * @throws InvalidRunException with every field that is wrong
     * @throws ObjectNotFoundException if there is no such run
     * @throws RunStateException until it has succeeded
     */
    public ListAttackedImagesResponse list(ListAttackedImagesRequest request) {
        FieldViolations violations = new FieldViolations();
        Optional<RunRecord> record = find(request.getRun(), violations, DEJA_VU, ONE_MODEL);
        violations.require(request.getCrop() >= 0, "crop", "must be at least 0, is " + request.getCrop());
        violations.require(
                request.getCell().isEmpty() || Cell.ofKey(request.getCell()).isPresent(),
                "cell",
                "must be one of %s, or empty for all, is \"%s\"".formatted(
                        Arrays.stream(Cell.values()).map(Cell::key).collect(Collectors.joining(", ")), request.getCell()));
        violations.require(request.getLabel() >= 0, "label", "must be at least 0, is " + request.getLabel());
        violations.require(
                !Double.isNaN(request.getLeastConfidence()), "least_confidence", "must be a number");
        violations.require(request.getPageSize() >= 0, "page_size", "must be at least 0, is " + request.getPageSize());
        refuse(violations);
        Artifact artifact = artifact(record.orElseThrow());
        int crops = record.get().kind().equals(DEJA_VU)
                ? read(record.get(), DejaVuResult.newBuilder()).getCropsCount()
                : read(record.get(), OneModelResult.newBuilder()).getReferencesCount();
        violations.require(
                request.getCrop() < crops,
                "crop",
                "must be 0 to %d, what the run has results of, is %d".formatted(crops - 1, request.getCrop()));
        refuse(violations);
        return page(request, artifact);
    }

    private static ListAttackedImagesResponse page(ListAttackedImagesRequest request, Artifact artifact) {
        int size = request.getPageSize() == 0 ? DEFAULT_PAGE : Math.min(request.getPageSize(), LARGEST_PAGE);
        try {
            return new AttackedImagePages(request)
                    .page(artifact.file("attacked.csv"), size, request.getPageToken());
        } catch (AttackedImagePages.InvalidToken e) {
            FieldViolations violations = new FieldViolations();
            violations.add("page_token", e.getMessage());
            throw new InvalidRunException(violations);
        }
    }

    private Optional<RunRecord> find(String run, FieldViolations violations, String... kinds) {
        Optional<String> id =
                ResourceName.parse(run).filter(name -> name.collection().equals("runs")).map(ResourceName::id);
        if (id.isEmpty()) {
            violations.add("run", run.isEmpty() ? "is required" : "must be runs/{run}, is \"" + run + "\"");
            return Optional.empty();
        }
        RunRecord record = catalogue.runs().find(id.get()).orElseThrow(() -> new ObjectNotFoundException(run));
        violations.require(
                List.of(kinds).contains(record.kind()),
                "run",
                "must be a run of kind %s, is one of %s".formatted(String.join(" or ", kinds), record.kind()));
        return Optional.of(record);
    }

    private Artifact artifact(RunRecord run) {
        if (run.state() != Run.State.SUCCEEDED) {
            throw new RunStateException("runs/%s has no result: it is %s".formatted(run.id(), run.state()));
        }
        return artifacts.open(catalogue.artifacts()
                .madeBy(run.id(), RESULT_ROLE)
                .orElseThrow(() -> new ObjectNotFoundException("result of runs/" + run.id())));
    }

    private <B extends Message.Builder> B read(RunRecord run, B result) {
        try {
            JsonFormat.parser().ignoringUnknownFields().merge(new String(artifact(run).bytes("result.json"), StandardCharsets.UTF_8), result);
            return result;
        } catch (InvalidProtocolBufferException e) {
            throw OtherVersionException.ofResult("runs/" + run.id(), run.engramVersion(), e);
        }
    }

    private static void refuse(FieldViolations violations) {
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
    }
}
