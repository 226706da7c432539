package dev.engram.ui.intervention;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import dev.engram.ui.component.Links;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.ResultView;
import dev.engram.v1.GetExchangeResultRequest;
import dev.engram.v1.GetPruningResultRequest;
import dev.engram.v1.Run;
import jakarta.inject.Inject;

/** What a sweep over edits of an encoder found. */
@Route("interventions/:run")
public class InterventionView extends ResultView {
  @Inject
  public InterventionView(Services services) {
    super(services, "intervention", "Interventions");
  }

  @Override
  protected void show(Run run) {
    if (run.getSpec().hasPruning()) {
      describe(Kind.words(run), Links.to(name(), "Run"), Links.to(run.getSpec().getPruning().getSource(), "Encoder"));
      calls().ask(services().interventions().getPruningResult(GetPruningResultRequest.newBuilder().setRun(name()).build()),
          result -> show(new PruningPanel(Names.id(name()), result)));
    }
    if (run.getSpec().hasExchange()) {
      describe(Kind.words(run), Links.to(name(), "Run"), Links.to(run.getSpec().getExchange().getSource(), "Encoder"),
          Links.to(run.getSpec().getExchange().getOther(), "Other"));
      calls().ask(services().interventions().getExchangeResult(GetExchangeResultRequest.newBuilder().setRun(name()).build()),
          result -> show(new ExchangePanel(Names.id(name()), result)));
    }
  }

  private void show(Component panel) {
    content().removeAll();
    content().add(panel);
  }
}
