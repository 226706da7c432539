package dev.engram.ui.encoder;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.Section;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.Architecture;
import dev.engram.v1.DescribeNetworkRequest;
import dev.engram.v1.ListNetworksRequest;
import dev.engram.v1.NetworkFamily;
import dev.engram.v1.NetworkOption;
import jakarta.inject.Inject;

/** One network: its layers as a tree, for the options and the size of images that the URL says. */
@Route("networks/:network")
public class NetworkView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private final Services services;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "checkpoint", notice::show);
  private final PageHeader header = new PageHeader("", "");
  private final Div content = new Div();
  private String network = "";
  private UrlState url;

  @Inject
  public NetworkView(Services services) {
    this.services = services;
    addClassName("page");
    content.addClassName("stack");
    add(header, notice, content);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    network = event.getRouteParameters().get("network").orElse("");
    url = UrlState.of(event.getLocation());
    header.setTitle(network);
    notice.clear();
    calls.cancelAll();
    calls.ask(services.checkpoints().listNetworks(ListNetworksRequest.getDefaultInstance()), answer -> {
      NetworkFamily family = answer.getNetworksList().stream().filter(one -> one.getName().equals(network)).findFirst()
          .orElse(NetworkFamily.newBuilder().setName(network).build());
      header.setLine(family.getDescription());
      Fields fields = fields(family);
      DescribeNetworkRequest request = request(family);
      calls.ask(services.checkpoints().describeNetwork(request), found -> show(fields, found), failure -> refused(fields, failure));
    });
  }

  @Override
  public String getPageTitle() {
    return network + " · Engram";
  }

  private Fields fields(NetworkFamily family) {
    Fields fields = new Fields();
    family.getOptionsList().forEach(option -> field(fields, "network_options." + option.getName(), option.getName(), option.getDefaultValue(), words(option)));
    field(fields, "channels", "channels", "3", "of the images");
    field(fields, "side", "side", "32", "height and width of the images, pixels");
    return fields;
  }

  private void field(Fields fields, String path, String name, String defaultValue, String help) {
    String value = url.get(name).isEmpty() ? defaultValue : url.get(name);
    TextField field = fields.text(path, name.replace('_', ' '), value, help);
    field.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.with(name, change.getValue().equals(defaultValue) ? "" : change.getValue().strip()).open();
      }
    });
  }

  private DescribeNetworkRequest request(NetworkFamily family) {
    DescribeNetworkRequest.Builder request = DescribeNetworkRequest.newBuilder().setNetwork(network)
        .setChannels(url.number("channels").orElse(0)).setSide(url.number("side").orElse(0));
    family.getOptionsList().stream().map(NetworkOption::getName).filter(name -> !url.get(name).isEmpty())
        .forEach(name -> request.putNetworkOptions(name, url.get(name)));
    return request.build();
  }

  private void show(Fields fields, Architecture found) {
    content.removeAll();
    content.add(new Section("Options", fields), new Section("Architecture", new ArchitectureTree(found)).explain(
        Numbers.count(found.getParameters(), "parameter") + ", " + Numbers.count(found.getBuffers(), "value") + " of buffers, "
            + Numbers.count(ArchitectureTree.layers(found.getRoot()), "layer") + ". The output is that of one image."));
  }

  private void refused(Fields fields, Failure failure) {
    content.removeAll();
    content.add(new Section("Options", fields));
    notice.show(new Failure(failure.code(), failure.message(), fields.show(failure.violations())));
  }

  private static String words(NetworkOption option) {
    return option.getDescription() + (option.getRange().isEmpty() ? "" : (option.getDescription().isEmpty() ? "" : "; ") + option.getRange());
  }
}
