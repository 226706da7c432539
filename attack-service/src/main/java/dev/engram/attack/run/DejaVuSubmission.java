package dev.engram.attack.run;

import static java.util.Objects.requireNonNull;

import dev.engram.runs.InvalidRunException;
import dev.engram.runs.Resources;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.CreateDejaVuRequest;
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
        FieldViolations violations = new FieldViolations();
        DejaVuRules.check(request.getSpec(), violations);
        checkPublicSet(request.getSpec(), violations);
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
        RunSpec spec = RunSpec.newBuilder().setDejaVu(request.getSpec()).build();
        return submission.submit(spec, request.getRunId(), request.getRequestId());
    }

    private void checkPublicSet(DejaVuSpec spec, FieldViolations violations) {
        resources.findPair(spec.getPair()).ifPresent(pair -> violations.require(
                resources.spec(pair.split()).getCreateSplit().getPublicSet() > 0,
                "spec.pair",
                "has no public set in its split (%s), so there is nothing to look neighbours up in".formatted(pair.split())));
    }
}
