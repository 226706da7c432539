package dev.engram.trainer.training;

import dev.engram.encoders.train.StepReport;
import dev.engram.runs.RunContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Tells the run what training does: progress and the series of its page. */
final class TrainingReport {
    private static final double WINDOW_SECONDS = 2;
    private static final double NANOS = 1e9;

    private final RunContext run;
    private final int imagesPerStep;
    private final LongSupplier nanoTime;
    private long windowStart;
    private long windowSteps;
    private double imagesPerSecond;
    private double spread = Double.NaN;

    /** @param nanoTime a clock that only goes forward, in nanoseconds */
    TrainingReport(RunContext run, int imagesPerStep, LongSupplier nanoTime) {
        this.run = run;
        this.imagesPerStep = imagesPerStep;
        this.nanoTime = nanoTime;
        this.windowStart = nanoTime.getAsLong();
    }

    void stepped(StepReport step) {
        run.metric(step.step(), "loss", step.loss());
        run.metric(step.step(), "learning_rate", step.learningRate());
        measureRate(step);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("epoch", step.epoch() + 1.0);
        figures.put("loss", step.loss());
        figures.put("learning_rate", step.learningRate());
        if (imagesPerSecond > 0) {
            figures.put("images_per_second", imagesPerSecond);
        }
        if (!Double.isNaN(spread)) {
            figures.put("embedding_spread", spread);
        }
        run.progress("training", step.step(), step.totalSteps(), "step", figures);
    }

    /** @param value of {@link CollapseMeter#spread} after {@code step} */
    void spread(long step, double value) {
        spread = value;
        run.metric(step, "embedding_spread", value);
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
