package dev.engram.ui.sweep;

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
import dev.engram.v1.CreateAttackSweepRequest;
import dev.engram.v1.ListPairsRequest;
import dev.engram.v1.ListRunsRequest;
import dev.engram.v1.ListSplitsRequest;
import jakarta.inject.Inject;

/** Starts a sweep of attacks over trainings, and lists those there are. */
@Route("sweeps")
@PageTitle("Sweeps · Engram")
public class SweepListView extends Div implements BeforeEnterObserver {
  private static final int MOST = 200;

  private final Services services;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, Kind.ATTACK_SWEEP.service(), this::refused);
  private final SweepForm form = new SweepForm();
  private final RequestIds ids = new RequestIds();
  private final Button start = new Button("Train and attack all", _ -> start());
  private final RunTable table = new RunTable("Nothing has been swept yet.");

  @Inject
  public SweepListView(Services services) {
    this.services = services;
    addClassName("page");
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    add(new PageHeader("Sweeps", "The same attack against pairs trained differently: what leaks, and what avoiding it costs."), notice,
        new Section("Vary a training", form, new Div(start))
            .explain("Trains a pair for every setting, attacks each alike with a linear probe beside it, and weighs accuracy against leak."),
        new Section("Sweeps so far", table));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    UrlState url = UrlState.of(event.getLocation());
    calls.cancelAll();
    calls.ask(services.datasets().listSplits(ListSplitsRequest.newBuilder().setPageSize(MOST).build()),
        splits -> calls.ask(services.trainer().listPairs(ListPairsRequest.newBuilder().setPageSize(MOST).build()),
            pairs -> form.offer(pairs.getPairsList(), splits.getSplitsList(), url.get("pair"))));
    calls.ask(services.runs().listRuns(ListRunsRequest.newBuilder().setFilter("kind = attack_sweep").setPageSize(MOST).build()),
        answer -> table.show(answer.getRunsList()));
  }

  private void start() {
    notice.clear();
    form.fields.clear();
    if (!form.readable()) {
      return;
    }
    start.setEnabled(false);
    CreateAttackSweepRequest request = form.request();
    calls.ask(services.attack().createAttackSweep(request.toBuilder().setRequestId(ids.of(request)).build()),
        made -> UI.getCurrent().navigate("sweeps/" + Names.id(made.getRun())));
  }

  private void refused(Failure failure) {
    start.setEnabled(true);
    notice.show(new Failure(failure.code(), failure.message(), form.show(failure.violations())));
  }
}
