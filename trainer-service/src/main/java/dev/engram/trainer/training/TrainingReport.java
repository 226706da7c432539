package dev.engram.trainer.training;

import dev.engram.encoders.train.StepReport;
import dev.engram.runs.RunContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Tells the run what training does: progress and the series of its page. */
final class TrainingReport {
    private static final double WINDOW_SECONDS = 2;
    private static final double NANOS = 1e9;

    private final RunContext run;
    private final int imagesPerStep;
    private final LongSupplier nanoTime;
    private final Optional<PrivacySpent> privacy;
    private long windowStart;
    private long windowSteps;
    private double imagesPerSecond;
    private final Map<String, Double> latest = new LinkedHashMap<>();

    /**
     * @param privacy of a private training
     * @param nanoTime a clock that only goes forward, in nanoseconds
     */
    TrainingReport(RunContext run, int imagesPerStep, Optional<PrivacySpent> privacy, LongSupplier nanoTime) {
        this.privacy = privacy;
        this.run = run;
        this.imagesPerStep = imagesPerStep;
        this.nanoTime = nanoTime;
        this.windowStart = nanoTime.getAsLong();
    }

    void stepped(StepReport step) {
        run.metric(step.step(), "loss", step.loss());
        run.metric(step.step(), "learning_rate", step.learningRate());
        step.terms().forEach((name, value) -> run.metric(step.step(), name, value));
        privacy.ifPresent(spent -> keep(step.step(), "epsilon", spent.epsilon(step.step())));
        measureRate(step);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("epoch", step.epoch() + 1.0);
        figures.put("loss", step.loss());
        figures.put("learning_rate", step.learningRate());
        if (imagesPerSecond > 0) {
            figures.put("images_per_second", imagesPerSecond);
        }
        figures.putAll(step.terms());
        figures.putAll(latest);
        run.progress("training", step.step(), step.totalSteps(), "step", figures);
    }

    /** What {@link CollapseMeter} found after {@code step}, and whether that means collapse. */
    void reading(long step, CollapseMeter.Reading reading, boolean collapsed) {
        keep(step, "embedding_spread", reading.spread());
        keep(step, "rankme", reading.rank());
        keep(step, "collapsed", collapsed ? 1 : 0);
    }

    /** What {@link OnlineProber} or {@link OnlineAttacker} found after {@code step}, by series. */
    void probes(long step, Map<String, Double> accuracies) {
        accuracies.forEach((series, accuracy) -> keep(step, series, accuracy));
    }

    /** The latest figures, for the stages after training. */
    Map<String, Double> latest() {
        return Map.copyOf(latest);
    }

    private void keep(long step, String series, double value) {
        latest.put(series, value);
        run.metric(step, series, value);
    }

    private void measureRate(StepReport step) {
        windowSteps++;
        long now = nanoTime.getAsLong();
        double seconds = (now - windowStart) / NANOS;
        if (seconds >= WINDOW_SECONDS) {
            imagesPerSecond = windowSteps * imagesPerStep / seconds;
            run.metric(step.step(), "images_per_second", imagesPerSecond);
            windowStart = now;
            windowSteps = 0;
        }
    }
}
