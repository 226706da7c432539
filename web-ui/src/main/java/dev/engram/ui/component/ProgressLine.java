package dev.engram.ui.component;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.format.Times;
import dev.engram.v1.Run;
import dev.engram.v1.RunProgress;
import java.time.Duration;

/** How far a run is: a bar and, in words, what is done, how fast, and how long it will still take. */
public final class ProgressLine extends Div {
  private final ProgressBar bar = new ProgressBar(0, 1, 0);
  private final Span words = new Span();

  public ProgressLine() {
    addClassName("progress-line");
    words.addClassName("quiet");
    bar.getElement().setAttribute("aria-label", "Progress");
    add(bar, words);
  }

  /** Shows the progress of this run; nothing for one that has none. */
  public void show(Run run) {
    RunProgress progress = run.getProgress();
    boolean running = run.getState() == Run.State.RUNNING;
    boolean measured = progress.getTotal() > 0;
    bar.setVisible(running || measured && run.getState() != Run.State.SUCCEEDED);
    bar.setIndeterminate(running && !measured);
    if (measured) {
      bar.setValue(Math.clamp((double) progress.getDone() / progress.getTotal(), 0, 1));
    }
    words.setText(words(run));
  }

  /** {@code training · 412 of 1,170 steps · 8.1 steps/s · 1 min 33 s left}. */
  static String words(Run run) {
    if (run.getState() == Run.State.SUCCEEDED) {
      return "";
    }
    RunProgress progress = run.getProgress();
    StringBuilder words = new StringBuilder(progress.getStage());
    if (progress.getTotal() > 0) {
      append(words, Numbers.count(progress.getDone()) + " of " + Numbers.count(progress.getTotal(), progress.getUnit()));
    }
    if (run.getState() != Run.State.RUNNING) {
      return words.toString();
    }
    if (run.getRequestedState() != Run.State.STATE_UNSPECIFIED) {
      append(words, stopping(run));
      return words.toString();
    }
    if (progress.getRate() > 0) {
      append(words, Numbers.significant(progress.getRate()) + " " + progress.getUnit() + "s/s");
    }
    if (progress.hasEta()) {
      append(words, Times.duration(progress.getEta()) + " left");
    }
    return words.toString();
  }

  /** What a run that was asked to stop does until it has: it looks up between two units of its work, and one may take long. */
  private static String stopping(Run run) {
    if (run.getRequestedState() == Run.State.CANCELLED) {
      return "ends within seconds";
    }
    RunProgress progress = run.getProgress();
    double seconds = progress.getRate() > 0 ? 1 / progress.getRate() : 0;
    return seconds < 1 ? "saves its state and stops"
        : "saves its state and stops after the " + progress.getUnit() + " in progress, which takes about " + Times.duration(Duration.ofSeconds(Math.round(seconds)));
  }

  private static void append(StringBuilder words, String part) {
    words.append(words.isEmpty() ? "" : " · ").append(part);
  }
}
