package dev.engram.ui.run;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.component.ProgressLine;
import dev.engram.ui.component.StateBadge;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Times;
import dev.engram.v1.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** One run in a list. */
final class RunRow extends NativeTableRow {
  private final Anchor name = new Anchor();
  private final Span kind = new Span();
  private final StateBadge state = new StateBadge();
  private final ProgressLine progress = new ProgressLine();
  private final Span outcome = new Span();
  private final Span started = new Span();
  private final Span took = new Span();

  RunRow() {
    name.setRouterIgnore(false);
    name.addClassName("run-name");
    kind.addClassName("quiet");
    took.addClassName("quiet");
    outcome.addClassName("quiet");
    add(cell("Run", name, kind), cell("State", state), cell("Progress", progress, outcome), cell("Started", started, took));
  }

  void show(Run run, Instant now) {
    name.setHref("runs/" + Names.id(run.getName()));
    name.setText(Names.id(run.getName()));
    kind.setText(Kind.words(run));
    state.show(run);
    boolean ended = run.hasError() || run.getState() == Run.State.SUCCEEDED || run.getState() == Run.State.CANCELLED;
    progress.setVisible(!ended && (run.hasProgress() || run.getState() == Run.State.RUNNING));
    progress.show(run);
    outcome.setText(outcome(run));
    outcome.setVisible(!outcome.getText().isEmpty());
    started.setText(run.hasStartTime() ? Times.ago(run.getStartTime(), now, ZoneId.systemDefault()) : "");
    took.setText(run.hasStartTime() && run.hasEndTime() ? "took " + Times.duration(
        Duration.between(Times.instant(run.getStartTime()), Times.instant(run.getEndTime()))) : "");
  }

  /** What is to be said of a run that is not moving. */
  static String outcome(Run run) {
    if (run.hasError()) {
      return run.getError().getMessage();
    }
    if (run.getState() == Run.State.QUEUED) {
      return run.getDependenciesCount() == 0 ? "waits for a free slot"
          : "waits for a free slot, after " + String.join(", ", run.getDependenciesList().stream().map(Names::id).toList());
    }
    return "";
  }

  private static NativeTableCell cell(String label, Component... content) {
    NativeTableCell cell = new NativeTableCell();
    cell.getElement().setAttribute("data-label", label);
    cell.add(content);
    return cell;
  }
}
