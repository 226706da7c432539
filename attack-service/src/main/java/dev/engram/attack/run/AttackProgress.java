package dev.engram.attack.run;

import dev.engram.runs.RunContext;
import java.util.Map;

/**
 * Counts images and lets the run be stopped between batches. An attacked image counts twice: when it is embedded, and when its
 * neighbours are found.
 */
final class AttackProgress {
    private final RunContext run;
    private final long total;
    private String stage = "preparing";
    private long done;

    AttackProgress(RunContext run, long total) {
        this.run = run;
        this.total = total;
    }

    void stage(String next) {
        stage = next;
        report();
    }

    /** That many more images are done. */
    void add(long images) {
        done += images;
        report();
    }

    private void report() {
        run.progress(stage, done, total, "image", Map.of());
        run.checkStop();
    }
}
