package dev.engram.trainer.training;

import dev.engram.encoders.train.DivergedException;
import dev.engram.encoders.train.SslTraining;
import dev.engram.encoders.train.StepReport;
import dev.engram.encoders.train.TrainingState;
import dev.engram.encoders.train.TrainingWatch;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.v1.LogEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Trains to the end of the plan and leaves resume points on the way: every so many steps, and where it is asked to stop. A state
 * that holds something that is no number is never saved.
 */
final class ResumableTraining implements TrainingWatch {
    private static final int SPREAD_POINTS = 100;

    private final RunContext run;
    private final long resumePointSteps;
    private final CollapseMeter collapse;
    private final TrainingReport report;
    private final ResumePointFiles resumePoints;
    private long savedStep;

    /** @param resumePointSteps steps between resume points, at least 1 */
    ResumableTraining(RunContext run, long resumePointSteps, CollapseMeter collapse, TrainingReport report) {
        this.run = run;
        this.resumePointSteps = resumePointSteps;
        this.collapse = collapse;
        this.report = report;
        this.resumePoints = new ResumePointFiles(run.scratch().resolve("resume"));
    }

    /**
     * @param state changed in place
     * @throws RunFailure DIVERGED with the step
     */
    void run(SslTraining training, TrainingState state) {
        savedStep = state.step();
        try {
            if (!training.run(state, this)) {
                saveBeforeStopping(state);
                run.checkStop();
                throw new IllegalStateException("training stopped although nobody asked it to");
            }
            requireFinite(state);
        } catch (DivergedException e) {
            throw RunFailure.diverged(e.step(), kept("the loss of step %d is %s".formatted(e.step(), e.loss())));
        }
    }

    @Override
    public void stepped(StepReport step, TrainingState state) {
        report.stepped(step);
        if (isSpreadDue(step)) {
            double spread = collapse.spread(state.model());
            if (Double.isFinite(spread)) {
                report.spread(step.step(), spread);
            }
        }
        if (step.step() % resumePointSteps == 0 && step.step() < step.totalSteps()) {
            save(state);
        }
    }

    @Override
    public boolean stopRequested() {
        return run.stopRequested();
    }

    /** About {@value #SPREAD_POINTS} times in a training, always at the end of an epoch, and at the very end. */
    private static boolean isSpreadDue(StepReport step) {
        if (!step.endsEpoch()) {
            return false;
        }
        long stepsPerEpoch = step.step() / (step.epoch() + 1);
        long epochs = step.totalSteps() / stepsPerEpoch;
        long every = Math.ceilDiv(epochs, SPREAD_POINTS);
        return (step.epoch() + 1) % every == 0 || step.step() == step.totalSteps();
    }

    private void saveBeforeStopping(TrainingState state) {
        if (state.step() > savedStep) {
            save(state);
        }
    }

    private void save(TrainingState state) {
        requireFinite(state);
        try {
            run.saveResumePoint(state.step(), resumePoints.write(state));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        savedStep = state.step();
    }

    private void requireFinite(TrainingState state) {
        Optional<String> broken = FiniteState.firstBroken(state);
        if (broken.isPresent()) {
            throw RunFailure.diverged(
                    state.step(),
                    kept("step %d left NaN or an infinity in %s".formatted(state.step(), broken.get())));
        }
    }

    private String kept(String reason) {
        String where = savedStep == 0 ? "there is no earlier checkpoint" : "the checkpoint of step " + savedStep + " is kept";
        run.log(LogEntry.Severity.ERROR, "training diverged: " + reason);
        return "training diverged: %s; %s; a lower learning rate or a longer warm-up may help".formatted(reason, where);
    }
}
