package dev.engram.ui.replicates;

import com.google.rpc.BadRequest.FieldViolation;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.StartView;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.CreateReplicatesRequest;
import dev.engram.v1.ListPairsRequest;
import jakarta.inject.Inject;
import java.util.List;

/** Starts an experiment with several seeds, and lists those there are. */
@Route("replicates")
@PageTitle("Replicates · Engram")
public class ReplicatesListView extends StartView {
  private final ReplicatesForm form;

  @Inject
  public ReplicatesListView(Services services) {
    this(services, new ReplicatesForm());
  }

  private ReplicatesListView(Services services, ReplicatesForm form) {
    super(services, Kind.REPLICATES, form, new Words(
        "Replicates", "The same experiment with several seeds: how far a figure is the seed's.",
        "Repeat a pair", "Trains a pair for each seed, measures each alike, and brings the figures together: mean, standard deviation, interval.",
        "Train and measure all", "Experiments", "Nothing has been repeated yet."));
    this.form = form;
  }

  @Override
  protected void offer(UrlState url) {
    calls().ask(services().trainer().listPairs(ListPairsRequest.newBuilder().setPageSize(MOST).build()),
        answer -> form.offer(answer.getPairsList(), url.get("pair")));
  }

  @Override
  protected boolean readable() {
    form.fields.clear();
    return form.readable();
  }

  @Override
  protected void start() {
    CreateReplicatesRequest request = form.request();
    calls().ask(services().metrics().createReplicates(request.toBuilder().setRequestId(ids().of(request)).build()),
        made -> UI.getCurrent().navigate("replicates/" + Names.id(made.getRun())));
  }

  @Override
  protected List<FieldViolation> mark(List<FieldViolation> violations) {
    return form.fields.show(violations);
  }
}
