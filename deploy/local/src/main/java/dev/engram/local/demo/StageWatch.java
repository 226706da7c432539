package dev.engram.local.demo;

import dev.engram.v1.GetRunRequest;
import dev.engram.v1.ResumeRunRequest;
import dev.engram.v1.Run;
import dev.engram.v1.WatchRunRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.Iterator;

/** Waits for the stages of a demo, one after the other, and shows each as it goes. */
public final class StageWatch {
    private static final int RECONNECTS = 20;
    private static final int RESUMES = 3;

    private final Services services;
    private final ProgressLine line;

    public StageWatch(Services services, ProgressLine line) {
        this.services = services;
        this.line = line;
    }

    /**
     * Returns when the run has succeeded. A run that was left paused, lost, cancelled or failed in a way that can be retried is resumed;
     * so is one whose worker dies meanwhile, three times at most.
     *
     * @throws IOException if it ended otherwise; the message says why and what to do
     */
    public Run await(DemoRuns.Stage stage) throws IOException, InterruptedException {
        Run run = services.runs().getRun(GetRunRequest.newBuilder().setName(stage.run()).build());
        if (canBeResumed(run)) {
            run = resume(run);
        }
        int reconnects = 0;
        int resumes = 0;
        while (!ended(run)) {
            try {
                Iterator<Run> changes = services.runs()
                        .watchRun(WatchRunRequest.newBuilder().setName(stage.run()).setSinceVersion(run.getVersion()).build());
                while (changes.hasNext()) {
                    run = changes.next();
                    line.show(stage.title(), run);
                    if (run.getState() == Run.State.LOST && resumes++ < RESUMES) {
                        run = resume(run);
                    }
                }
            } catch (StatusRuntimeException broken) {
                if (broken.getStatus().getCode() != Status.Code.UNAVAILABLE || ++reconnects > RECONNECTS) {
                    throw broken;
                }
                Thread.sleep(500);
            }
        }
        line.end(stage.title(), run);
        if (run.getState() != Run.State.SUCCEEDED) {
            throw new IOException(stage.title() + " (" + run.getName() + ") ended " + run.getState()
                    + (run.hasError() ? ": " + run.getError().getMessage() : "")
                    + "; start the demo again to go on from its last resume point, or with --fresh to begin anew");
        }
        return run;
    }

    /** The run after the request; if somebody else was faster, the run as it is now. */
    private Run resume(Run run) {
        try {
            return services.runs().resumeRun(ResumeRunRequest.newBuilder().setName(run.getName()).build());
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() != Status.Code.FAILED_PRECONDITION) {
                throw refused;
            }
            return services.runs().getRun(GetRunRequest.newBuilder().setName(run.getName()).build());
        }
    }

    private static boolean canBeResumed(Run run) {
        return switch (run.getState()) {
            case PAUSED, LOST, CANCELLED -> true;
            case FAILED -> run.getError().getRetryable();
            case QUEUED, RUNNING, SUCCEEDED, STATE_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }

    private static boolean ended(Run run) {
        return switch (run.getState()) {
            case SUCCEEDED, FAILED, CANCELLED -> true;
            case QUEUED, RUNNING, PAUSED, LOST, STATE_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }
}
