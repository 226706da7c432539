package dev.engram.ui.run;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.format.Times;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.ListLogEntriesRequest;
import dev.engram.v1.ListLogEntriesResponse;
import dev.engram.v1.LogEntry;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;

/** A run's log; it follows as long as it is on the page, and keeps the newest 2000 lines. */
final class LogPanel extends Div {
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int MOST = 2000;

  private final Services services;
  private final Consumer<List<LogEntry>> seen;
  private volatile String place = "";

  /** @param seen called with every further part of the log */
  LogPanel(Services services, Consumer<List<LogEntry>> seen) {
    this.services = services;
    this.seen = seen;
    addClassName("log");
    getElement().setAttribute("role", "log");
    getElement().setAttribute("tabindex", "0");
    getElement().setAttribute("aria-label", "Log");
  }

  /** Starts over with this run, by the calls of the page that holds the panel. */
  void follow(String run, Calls calls) {
    removeAll();
    place = "";
    calls.repeat(PAUSE, () -> services.runs().listLogEntries(
        ListLogEntriesRequest.newBuilder().setRun(run).setPageSize(500).setPageToken(place).build()), this::append, _ -> { });
  }

  private void append(ListLogEntriesResponse answer) {
    place = answer.getNextPageToken();
    answer.getEntriesList().forEach(entry -> add(line(entry)));
    seen.accept(answer.getEntriesList());
    for (int extra = getComponentCount() - MOST; extra > 0; extra--) {
      remove(getComponentAt(0));
    }
    if (answer.getEntriesCount() > 0) {
      getElement().executeJs("if (this.scrollHeight - this.scrollTop - this.clientHeight < 200 || !this.dataset.seen)"
          + " this.scrollTop = this.scrollHeight; this.dataset.seen = 'yes'");
    }
  }

  private static Div line(LogEntry entry) {
    Span time = new Span(Times.clock(entry.getTime(), ZoneId.systemDefault()));
    time.addClassName("quiet");
    Div line = new Div(time, new Span(entry.getMessage()));
    line.addClassName("log-line");
    line.getElement().setAttribute("data-severity", entry.getSeverity().name());
    return line;
  }
}
