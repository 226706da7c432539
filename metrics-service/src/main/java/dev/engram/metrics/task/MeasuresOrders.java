package dev.engram.metrics.task;

import dev.engram.runs.InvalidRunException;
import dev.engram.runs.ResourceName;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.CreateMeasuresRequest;
import dev.engram.v1.CreateMeasuresResponse;
import dev.engram.v1.RunSpec;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Turns one request for several measures into the pass and the runs that take what it finds. Names follow from that of the pass, so a request that is sent
 * again, also after it broke off in the middle, completes what is there.
 */
public final class MeasuresOrders {
    private static final int LONGEST_ID = 40;

    private final RunSubmission submission;

    public MeasuresOrders(RunSubmission submission) {
        this.submission = submission;
    }

    /**
     * Starts everything. A request that is refused has started nothing.
     *
     * @throws InvalidRunException with every field that is wrong
     */
    public CreateMeasuresResponse create(CreateMeasuresRequest request) {
        FieldViolations violations = new FieldViolations();
        violations.require(
                request.getRunId().isEmpty() || ResourceName.isId(request.getRunId()) && request.getRunId().length() <= LONGEST_ID,
                "run_id",
                "must be lower-case letters, digits and hyphens, at most %d characters, is \"%s\"".formatted(LONGEST_ID, request.getRunId()));
        MeasuresRules.check(request.getSpec(), violations);
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
        RunSpec pass = RunSpec.newBuilder().setMeasures(request.getSpec()).build();
        String id = submission.submit(pass, request.getRunId(), request.getRequestId()).id();
        CreateMeasuresResponse.Builder response = CreateMeasuresResponse.newBuilder().setRun("runs/" + id);
        List<RunSpec> wholes = MeasuresRules.wholes(request.getSpec());
        Map<RunSpec.TaskCase, Integer> ofKind = new EnumMap<>(RunSpec.TaskCase.class);
        for (RunSpec whole : wholes) {
            int number = ofKind.merge(whole.getTaskCase(), 1, Integer::sum);
            String kind = whole.getTaskCase().name().toLowerCase(Locale.ROOT).replace('_', '-');
            String run = id + "-" + kind + (number == 1 ? "" : "-" + number);
            response.addMeasures("runs/" + submission.submit(MeasuresRules.taking(whole, "runs/" + id), run, "").id());
        }
        return response.build();
    }
}
