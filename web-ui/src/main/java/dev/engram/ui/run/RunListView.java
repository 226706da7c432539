package dev.engram.ui.run;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.PageTrail;
import dev.engram.ui.component.Pager;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.pair.NewPairView;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.ui.start.FirstSteps;
import dev.engram.v1.ListExecutorsRequest;
import dev.engram.v1.ListRunsResponse;
import dev.engram.v1.Run;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/** All runs, newest first, kept current. */
@Route("runs")
@RouteAlias("")
@PageTitle("Runs · Engram")
public class RunListView extends Div implements BeforeEnterObserver {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Services services;
  private final ErrorNotice notice = new ErrorNotice();
  private final Select<Run.State> states = new Select<>();
  private final Select<Kind> kinds = new Select<>();
  private final RunTable table = new RunTable("No run matches these filters.");
  private final Paragraph slots = new Paragraph();
  private final FirstSteps first = new FirstSteps();
  private final Div filters = filters();
  private final Calls calls = new Calls(this, "run", notice::showRetrying);
  private UrlState url;
  private final Pager pager = new Pager(token -> url.with("page", token).open());

  @Inject
  public RunListView(Services services) {
    this.services = services;
    addClassName("page");
    Anchor create = new Anchor(NewPairView.PATH, "New pair");
    create.setRouterIgnore(false);
    create.addClassName("button-link");
    slots.addClassName("quiet");
    add(new PageHeader("Runs", "Every piece of work, newest first.").actions(create), filters, notice, first, table, slots, pager);
    first.setVisible(false);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    url = UrlState.of(event.getLocation());
    RunFilter filter = RunFilter.of(url);
    states.setValue(filter.state().orElse(null));
    kinds.setValue(filter.kind().orElse(null));
    calls.cancelAll();
    calls.repeat(PAUSE, () -> services.runs().listRuns(filter.request()), this::show);
    calls.repeat(PAUSE, () -> services.runs().listExecutors(ListExecutorsRequest.getDefaultInstance()),
        answer -> slots.setText(ExecutorWords.slots(answer.getExecutorsList())), _ -> { });
  }

  private void show(ListRunsResponse answer) {
    notice.clear();
    table.show(answer.getRunsList());
    boolean nothingYet = answer.getRunsCount() == 0 && url.values().isEmpty();
    first.setVisible(nothingYet);
    filters.setVisible(!nothingYet);
    table.setVisible(!nothingYet);
    pager.show(PageTrail.of(url.get("page")), answer.getNextPageToken());
  }

  private Div filters() {
    states.setLabel("State");
    states.setEmptySelectionAllowed(true);
    states.setEmptySelectionCaption("All states");
    states.setItemLabelGenerator(state -> state == null ? "All states" : Names.words(state.name()));
    states.setItems(List.of(Run.State.QUEUED, Run.State.RUNNING, Run.State.PAUSED, Run.State.SUCCEEDED, Run.State.FAILED,
        Run.State.CANCELLED, Run.State.LOST));
    states.addValueChangeListener(change -> open(change.isFromClient(), "state",
        change.getValue() == null ? "" : change.getValue().name()));
    kinds.setLabel("Kind");
    kinds.setEmptySelectionAllowed(true);
    kinds.setEmptySelectionCaption("All kinds");
    kinds.setItemLabelGenerator(kind -> kind == null ? "All kinds" : kind.title());
    kinds.setItems(Kind.known().toList());
    kinds.addValueChangeListener(change -> open(change.isFromClient(), "kind",
        change.getValue() == null ? "" : change.getValue().filter()));
    Div filters = new Div(states, kinds);
    filters.addClassName("filters");
    return filters;
  }

  private void open(boolean byPerson, String name, String value) {
    if (byPerson) {
      url.without("page").with(name, value).open();
    }
  }
}
