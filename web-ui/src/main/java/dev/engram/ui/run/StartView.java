package dev.engram.ui.run;

import com.google.rpc.BadRequest.FieldViolation;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.Section;
import dev.engram.ui.form.RequestIds;
import dev.engram.ui.format.Kind;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.ListRunsRequest;
import java.util.List;

/** A page that starts runs of one kind by a form, and lists those there are. */
public abstract class StartView extends Div implements BeforeEnterObserver {
  /** What a form offers and a list shows at most. */
  protected static final int MOST = 200;

  private final Services services;
  private final Kind kind;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls;
  private final RequestIds ids = new RequestIds();
  private final Button start;
  private final RunTable table;

  /**
   * What the page says.
   *
   * @param line below the title
   * @param form over the form
   * @param explanation of what it starts
   * @param button that starts it
   * @param list over the list
   * @param none where the list is empty
   */
  public record Words(String title, String line, String form, String explanation, String button, String list, String none) {
  }

  protected StartView(Services services, Kind kind, Component form, Words words) {
    this.services = services;
    this.kind = kind;
    this.calls = new Calls(this, kind.service(), this::refused);
    this.start = new Button(words.button(), _ -> begin());
    this.table = new RunTable(words.none());
    addClassName("page");
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    add(new PageHeader(words.title(), words.line()), notice,
        new Section(words.form(), form, new Div(start)).explain(words.explanation()),
        new Section(words.list(), table));
  }

  /** Asks for what the form offers. */
  protected abstract void offer(UrlState url);

  /** Clears the marks of the form; whether every field of it can be read. */
  protected abstract boolean readable();

  /** Asks for the run and opens its page. */
  protected abstract void start();

  /** Marks the fields that are wrong; the rest is returned. */
  protected abstract List<FieldViolation> mark(List<FieldViolation> violations);

  protected final Services services() {
    return services;
  }

  protected final Calls calls() {
    return calls;
  }

  protected final RequestIds ids() {
    return ids;
  }

  @Override
  public final void beforeEnter(BeforeEnterEvent event) {
    calls.cancelAll();
    offer(UrlState.of(event.getLocation()));
    calls.ask(services.runs().listRuns(ListRunsRequest.newBuilder().setFilter("kind = " + kind.filter()).setPageSize(MOST).build()),
        answer -> table.show(answer.getRunsList()));
  }

  private void begin() {
    notice.clear();
    if (readable()) {
      start.setEnabled(false);
      start();
    }
  }

  private void refused(Failure failure) {
    start.setEnabled(true);
    notice.show(new Failure(failure.code(), failure.message(), mark(failure.violations())));
  }
}
