package dev.engram.trainer.training;

import dev.engram.encoders.train.DivergedException;
import dev.engram.encoders.train.EncoderTraining;
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
    private static final int READINGS = 100;
    /**
     * Before these steps and this share of the training, weights are nearly as they were drawn and running statistics have not
     * settled: embeddings may lie close together for no bad reason.
     */
    private static final long WATCHED_AFTER_STEPS = 100;
    private static final double WATCHED_AFTER_SHARE = 0.1;

    private final RunContext run;
    private final long resumePointSteps;
    private final CollapseMeter collapse;
    private final Optional<OnlineProber> prober;
    private final Optional<OnlineAttacker> attacker;
    private final TrainingReport report;
    private final ResumePointFiles resumePoints;
    private long savedStep;
    private boolean collapsed;

    /** @param resumePointSteps steps between resume points, at least 1 */
    ResumableTraining(
            RunContext run,
            long resumePointSteps,
            CollapseMeter collapse,
            Optional<OnlineProber> prober,
            Optional<OnlineAttacker> attacker,
            TrainingReport report) {
        this.run = run;
        this.resumePointSteps = resumePointSteps;
        this.collapse = collapse;
        this.prober = prober;
        this.attacker = attacker;
        this.report = report;
        this.resumePoints = new ResumePointFiles(run.scratch().resolve("resume"));
    }

    /**
     * @param state changed in place
     * @return whether the embeddings of different images ended as nearly one point or line
     * @throws RunFailure DIVERGED with the step
     */
    boolean run(EncoderTraining training, TrainingState state) {
        savedStep = state.step();
        try {
            if (!training.run(state, this)) {
                saveBeforeStopping(state);
                run.checkStop();
                throw new IllegalStateException("training stopped although nobody asked it to");
            }
            requireFinite(state);
            return collapsed;
        } catch (DivergedException e) {
            throw RunFailure.diverged(e.step(), kept("the loss of step %d is %s".formatted(e.step(), e.loss())));
        }
    }

    @Override
    public void stepped(StepReport step, TrainingState state) {
        report.stepped(step);
        if (isReadingDue(step)) {
            lookForCollapse(step, state);
        }
        prober.filter(due -> due.isDue(step)).ifPresent(due -> report.probes(step.step(), due.probe(state.model())));
        attacker.filter(due -> due.isDue(step)).ifPresent(due -> report.probes(step.step(), due.attack()));
        if (step.step() % resumePointSteps == 0 && step.step() < step.totalSteps()) {
            save(state);
        }
    }

    @Override
    public boolean stopRequested() {
        return run.stopRequested();
    }

    private void lookForCollapse(StepReport step, TrainingState state) {
        CollapseMeter.Reading reading = collapse.read(state.model());
        if (!reading.isFinite()) {
            return;
        }
        boolean before = collapsed;
        collapsed = reading.isCollapsed() && isWatched(step);
        report.reading(step.step(), reading, collapsed);
        if (collapsed && !before) {
            run.log(LogEntry.Severity.WARNING, ("collapse after step %d: the embeddings of different images are nearly one %s"
                            + " (spread %.3f of 1, effective rank %.2f); what is trained from here on tells images apart badly")
                    .formatted(step.step(), reading.rank() < 2 && reading.spread() > 0.5 ? "line" : "point",
                            reading.spread(), reading.rank()));
        }
        if (before && !collapsed) {
            run.log(LogEntry.Severity.INFO, "no longer collapsed after step " + step.step());
        }
    }

    private static boolean isWatched(StepReport step) {
        return step.step() > WATCHED_AFTER_STEPS && step.step() >= WATCHED_AFTER_SHARE * step.totalSteps();
    }

    /** About {@value #READINGS} times in a training, always at the end of an epoch, and at the very end. */
    private static boolean isReadingDue(StepReport step) {
        if (!step.endsEpoch()) {
            return false;
        }
        long stepsPerEpoch = step.step() / (step.epoch() + 1);
        long epochs = step.totalSteps() / stepsPerEpoch;
        long every = Math.ceilDiv(epochs, READINGS);
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
