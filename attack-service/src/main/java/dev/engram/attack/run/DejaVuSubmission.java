package dev.engram.attack.run;

import static java.util.Objects.requireNonNull;

import dev.engram.runs.InvalidRunException;
import dev.engram.runs.ResourceName;
import dev.engram.runs.Resources;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.RunSpec;

/** Queues attacks. What the pair's split rules out is refused here already, before anything is trained for nothing. */
public final class DejaVuSubmission {
    private final RunSubmission submission;
    private final Resources resources;

    public DejaVuSubmission(RunSubmission submission, Resources resources) {
        this.submission = requireNonNull(submission, "submission");
        this.resources = requireNonNull(resources, "resources");
    }

    /**
     * The run of a request, new or made by the same request before.
     *
     * @throws InvalidRunException with every field that is wrong
     */
    public RunRecord submit(CreateDejaVuRequest request) {
        if (!hasPublicSet(request.getSpec())) {
            throw new InvalidRunException(withoutPublicSet(request));
        }
        RunSpec spec = RunSpec.newBuilder().setDejaVu(request.getSpec()).build();
        return submission.submit(spec, request.getRunId(), request.getRequestId());
    }

    /** False only if the pair is known and its split is asked to have no public set; what follows from the data set is seen by the run. */
    private boolean hasPublicSet(DejaVuSpec spec) {
        return resources.findPair(spec.getPair())
                .map(pair -> resources.spec(pair.split()).getCreateSplit())
                .map(split -> split.getMakerCase() != CreateSplitSpec.MakerCase.MAKER_NOT_SET || split.getPublicSet() > 0)
                .orElse(true);
    }

    /** That there is no public set, and what else is wrong. */
    private static FieldViolations withoutPublicSet(CreateDejaVuRequest request) {
        FieldViolations violations = new FieldViolations();
        violations.require(
                request.getRunId().isEmpty() || ResourceName.isId(request.getRunId()),
                "run_id",
                "is no id: \"" + request.getRunId() + "\"");
        violations.add("spec.pair", "has no public set in its split, so there is nothing to look neighbours up in");
        DejaVuRules.check(request.getSpec(), violations);
        return violations;
    }
}
