package dev.engram.trainer.probe;

import dev.engram.runs.RunContext;
import java.util.Map;
import java.util.function.IntConsumer;

/** Counts images as their features are computed; ends the work there if the run shall stop. */
final class FeatureProgress implements IntConsumer {
    private final RunContext run;
    private final long total;
    private long done;

    FeatureProgress(RunContext run, long total) {
        this.run = run;
        this.total = total;
    }

    @Override
    public void accept(int images) {
        done += images;
        run.progress("computing features", done, total, "image", Map.of());
        run.checkStop();
    }
}
