package dev.engram.local.demo;

import dev.engram.v1.Run;
import dev.engram.v1.RunProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** One line of a terminal that is rewritten while a stage runs; without a terminal, a new line every ten seconds. */
public final class ProgressLine {
    private static final int BAR = 24;
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(10);

    private final PrintStream out;
    private final boolean terminal;
    private Instant lastPlain = Instant.EPOCH;
    private int width;

    public ProgressLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void show(String title, Run run) {
        if (terminal) {
            rewrite(text(title, run));
            return;
        }
        if (run.getState() == Run.State.RUNNING && Duration.between(lastPlain, Instant.now()).compareTo(PLAIN_INTERVAL) >= 0) {
            lastPlain = Instant.now();
            out.println(text(title, run).stripTrailing());
        }
    }

    void end(String title, Run run) {
        String mark = run.getState() == Run.State.SUCCEEDED ? "done" : run.getState().name().toLowerCase(Locale.ROOT);
        rewrite(String.format(Locale.ROOT, "  %-18s %-9s %s", title, mark, clock(seconds(run))));
        out.println();
        width = 0;
    }

    /** Seconds between the first start of the run and its end; 0 if it never started. */
    public static double seconds(Run run) {
        if (!run.hasStartTime() || !run.hasEndTime()) {
            return 0;
        }
        return run.getEndTime().getSeconds() - run.getStartTime().getSeconds()
                + 1e-9 * (run.getEndTime().getNanos() - run.getStartTime().getNanos());
    }

    private static String text(String title, Run run) {
        RunProgress progress = run.getProgress();
        if (run.getState() != Run.State.RUNNING || progress.getTotal() == 0) {
            return String.format(Locale.ROOT, "  %-18s %s", title, run.getState().name().toLowerCase(Locale.ROOT));
        }
        double share = Math.min(1, (double) progress.getDone() / progress.getTotal());
        int filled = (int) Math.round(share * BAR);
        String loss = progress.containsMetrics("loss")
                ? String.format(Locale.ROOT, "  loss %.3f", progress.getMetricsOrThrow("loss"))
                : "";
        return String.format(Locale.ROOT, "  %-18s %s%s %3.0f %%  %s%s",
                title, "█".repeat(filled), "░".repeat(BAR - filled), 100 * share,
                progress.hasEta() ? "ETA " + clock(progress.getEta().getSeconds()) : "",
                loss);
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 && seconds < 59.5
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
    }

    private void rewrite(String text) {
        if (terminal) {
            out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
            out.flush();
            width = text.length();
            return;
        }
        out.print(text);
    }
}
