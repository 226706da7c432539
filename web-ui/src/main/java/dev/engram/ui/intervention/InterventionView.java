package dev.engram.ui.intervention;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.GetExchangeResultRequest;
import dev.engram.v1.GetPruningResultRequest;
import dev.engram.v1.GetRunRequest;
import dev.engram.v1.Run;
import jakarta.inject.Inject;

/** What a sweep over edits of an encoder found. */
@Route("interventions/:run")
public class InterventionView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private final Services services;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "intervention", notice::show);
  private final PageHeader header = new PageHeader("", "");
  private final Div links = new Div();
  private final Div content = new Div();
  private String name = "";

  @Inject
  public InterventionView(Services services) {
    this.services = services;
    addClassName("page");
    content.addClassName("stack");
    links.addClassName("link-list");
    header.actions(links);
    add(header, notice, content);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    name = "runs/" + event.getRouteParameters().get("run").orElse("");
    notice.clear();
    content.removeAll();
    header.setTitle(Names.id(name));
    calls.cancelAll();
    calls.ask(services.runs().getRun(GetRunRequest.newBuilder().setName(name).build()), this::show);
  }

  @Override
  public String getPageTitle() {
    return Names.id(name) + " · Interventions · Engram";
  }

  private void show(Run run) {
    header.setLine(Kind.words(run));
    links.removeAll();
    links.add(Links.to(name, "Run"));
    if (run.getSpec().hasPruning()) {
      links.add(Links.to(run.getSpec().getPruning().getSource(), "Encoder"));
      calls.ask(services.interventions().getPruningResult(GetPruningResultRequest.newBuilder().setRun(name).build()),
          result -> content.add(new PruningPanel(Names.id(name), result)));
    }
    if (run.getSpec().hasExchange()) {
      links.add(Links.to(run.getSpec().getExchange().getSource(), "Encoder"), Links.to(run.getSpec().getExchange().getOther(), "Other"));
      calls.ask(services.interventions().getExchangeResult(GetExchangeResultRequest.newBuilder().setRun(name).build()),
          result -> content.add(new ExchangePanel(Names.id(name), result)));
    }
  }
}
