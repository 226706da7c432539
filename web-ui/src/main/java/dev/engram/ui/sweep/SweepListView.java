package dev.engram.ui.sweep;

import com.google.rpc.BadRequest.FieldViolation;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.preset.Preset;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.StartView;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.CreateAttackSweepRequest;
import dev.engram.v1.ListPairsRequest;
import dev.engram.v1.ListSplitsRequest;
import jakarta.inject.Inject;
import java.util.List;

/** Starts a sweep of attacks over trainings, and lists those there are. */
@Route("sweeps")
@PageTitle("Sweeps · Engram")
public class SweepListView extends StartView {
  private final SweepForm form;

  @Inject
  public SweepListView(Services services) {
    this(services, new SweepForm());
  }

  private SweepListView(Services services, SweepForm form) {
    super(services, Kind.ATTACK_SWEEP, form, new Words(
        "Sweeps", "The same attack against pairs trained differently: what leaks, and what avoiding it costs.",
        "Vary a training", "Trains a pair for every setting, attacks each alike with a linear probe beside it, and weighs accuracy against leak.",
        "Train and attack all", "Sweeps so far", "Nothing has been swept yet."));
    this.form = form;
  }

  @Override
  protected void offer(UrlState url) {
    calls().ask(Preset.listed(services(), Kind.ATTACK_SWEEP), form.attackPresets::offer);
    calls().ask(services().datasets().listSplits(ListSplitsRequest.newBuilder().setPageSize(MOST).build()),
        splits -> calls().ask(services().trainer().listPairs(ListPairsRequest.newBuilder().setPageSize(MOST).build()),
            pairs -> form.offer(pairs.getPairsList(), splits.getSplitsList(), url.get("pair"))));
  }

  @Override
  protected boolean readable() {
    form.fields.clear();
    return form.readable();
  }

  @Override
  protected void start() {
    CreateAttackSweepRequest request = form.request();
    calls().ask(services().attack().createAttackSweep(request.toBuilder().setRequestId(ids().of(request)).build()),
        made -> UI.getCurrent().navigate("sweeps/" + Names.id(made.getRun())));
  }

  @Override
  protected List<FieldViolation> mark(List<FieldViolation> violations) {
    return form.show(violations);
  }
}
