package dev.engram.ui.replicates;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.Section;
import dev.engram.ui.form.RequestIds;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.RunTable;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.CreateReplicatesRequest;
import dev.engram.v1.ListPairsRequest;
import dev.engram.v1.ListRunsRequest;
import jakarta.inject.Inject;

/** Starts an experiment with several seeds, and lists those there are. */
@Route("replicates")
@PageTitle("Replicates · Engram")
public class ReplicatesListView extends Div implements BeforeEnterObserver {
  private static final int MOST = 200;

  private final Services services;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, Kind.REPLICATES.service(), this::refused);
  private final ReplicatesForm form = new ReplicatesForm();
  private final RequestIds ids = new RequestIds();
  private final Button start = new Button("Train and measure all", _ -> start());
  private final RunTable table = new RunTable("Nothing has been repeated yet.");

  @Inject
  public ReplicatesListView(Services services) {
    this.services = services;
    addClassName("page");
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    add(new PageHeader("Replicates", "The same experiment with several seeds: how far a figure is the seed's."), notice,
        new Section("Repeat a pair", form, new Div(start))
            .explain("Trains a pair for each seed, measures each alike, and brings the figures together: mean, standard deviation, interval."),
        new Section("Experiments", table));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    UrlState url = UrlState.of(event.getLocation());
    calls.cancelAll();
    calls.ask(services.trainer().listPairs(ListPairsRequest.newBuilder().setPageSize(MOST).build()),
        answer -> form.offer(answer.getPairsList(), url.get("pair")));
    calls.ask(services.runs().listRuns(ListRunsRequest.newBuilder().setFilter("kind = replicates").setPageSize(MOST).build()),
        answer -> table.show(answer.getRunsList()));
  }

  private void start() {
    notice.clear();
    form.fields.clear();
    if (!form.readable()) {
      return;
    }
    start.setEnabled(false);
    CreateReplicatesRequest request = form.request();
    calls.ask(services.metrics().createReplicates(request.toBuilder().setRequestId(ids.of(request)).build()),
        made -> UI.getCurrent().navigate("replicates/" + Names.id(made.getRun())));
  }

  private void refused(Failure failure) {
    start.setEnabled(true);
    notice.show(new Failure(failure.code(), failure.message(), form.fields.show(failure.violations())));
  }
}
