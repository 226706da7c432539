package dev.engram.ui.run;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.format.Times;
import dev.engram.v1.LogEntry;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** What a run warned of, where it cannot be overlooked: the newest of its warnings, hidden while there are none. */
final class RunWarnings extends Div {
  private static final int SHOWN = 3;

  private final List<LogEntry> warnings = new ArrayList<>();

  RunWarnings() {
    addClassName("run-warnings");
    getElement().setAttribute("role", "status");
    clear();
  }

  /** Forgets all, for another run. */
  void clear() {
    warnings.clear();
    removeAll();
    setVisible(false);
  }

  /** Takes the warnings among these entries of the log. */
  void take(List<LogEntry> entries) {
    List<LogEntry> found = entries.stream().filter(entry -> entry.getSeverity() == LogEntry.Severity.WARNING).toList();
    if (found.isEmpty()) {
      return;
    }
    warnings.addAll(found);
    removeAll();
    Span title = new Span(title(warnings.size()));
    title.addClassName("warnings-title");
    add(title);
    newest(warnings).forEach(entry -> add(line(entry)));
    setVisible(true);
  }

  /** {@code 5 warnings, the newest 3 of them}. */
  static String title(int warnings) {
    return Numbers.count(warnings, "warning") + (warnings > SHOWN ? ", the newest " + SHOWN + " of them" : "");
  }

  /** At most three, newest first. */
  static List<LogEntry> newest(List<LogEntry> warnings) {
    return warnings.reversed().stream().limit(SHOWN).toList();
  }

  private static Div line(LogEntry entry) {
    Span time = new Span(Times.clock(entry.getTime(), ZoneId.systemDefault()));
    time.addClassName("quiet");
    Div line = new Div(time, new Span(entry.getMessage()));
    line.addClassName("log-line");
    return line;
  }
}
