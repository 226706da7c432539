package dev.engram.ui.encoder;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.ListNetworksRequest;
import dev.engram.v1.NetworkFamily;
import dev.engram.v1.NetworkOption;
import jakarta.inject.Inject;
import java.util.stream.Collectors;

/** The networks an encoder can be. */
@Route("networks")
@PageTitle("Networks · Engram")
public class NetworkListView extends Div implements BeforeEnterObserver {
  private final Services services;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "checkpoint", notice::show);
  private final DataTable<NetworkFamily> table = new DataTable<NetworkFamily>("There are no networks.")
      .component("Network", NetworkListView::link)
      .text("What it is", NetworkFamily::getDescription)
      .text("Options", network -> network.getOptionsList().stream().map(NetworkOption::getName)
          .map(name -> name.replace('_', ' ')).collect(Collectors.joining(", ")));

  @Inject
  public NetworkListView(Services services) {
    this.services = services;
    addClassName("page");
    table.setVisible(false);
    add(new PageHeader("Networks", "What an encoder can be, with the names of its layers and tensors as in PyTorch."), notice, table);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    calls.cancelAll();
    calls.ask(services.checkpoints().listNetworks(ListNetworksRequest.getDefaultInstance()), answer -> {
      table.setVisible(true);
      table.setItems(answer.getNetworksList());
    });
  }

  private static Anchor link(NetworkFamily network) {
    Anchor link = new Anchor("networks/" + network.getName(), network.getName());
    link.setRouterIgnore(false);
    return link;
  }
}
