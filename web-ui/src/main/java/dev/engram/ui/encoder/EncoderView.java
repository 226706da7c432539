package dev.engram.ui.encoder;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Gone;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.Section;
import dev.engram.ui.component.Tabs;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.map.MapPanel;
import dev.engram.ui.pair.NewPairView;
import dev.engram.ui.picture.Pictures;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.FollowsUrl;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.DescribeEncoderRequest;
import dev.engram.v1.Encoder;
import dev.engram.v1.EncoderDescription;
import dev.engram.v1.GetEncoderRequest;
import io.grpc.Status;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** One encoder: what it is, its layers, how it was trained, imported or made of another, what its layers know, where it comes from and goes to. */
@Route("encoders/:encoder/:section?(architecture|map|training|probes|leaks)")
public class EncoderView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private final Services services;
  private final Pictures pictures;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls trainer = new Calls(this, "trainer", this::failed);
  private final Calls calls = new Calls(this, "checkpoint", Duration.ofMinutes(2), notice::show);
  private final Div badges = new Div();
  private final Div actions = new Div();
  private final PageHeader header = new PageHeader("", "").beside(badges).actions(actions);
  private final Tabs tabs = new Tabs("Parts of the encoder");
  private final Div content = new Div();
  private String name = "";
  private String open = "";

  @Inject
  public EncoderView(Services services, Pictures pictures) {
    this.services = services;
    this.pictures = pictures;
    addClassName("page");
    content.addClassName("stack");
    actions.addClassName("actions");
    add(header, tabs, notice, content);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    String id = event.getRouteParameters().get("encoder").orElse("");
    String section = event.getRouteParameters().get("section").orElse("");
    UrlState url = UrlState.of(event.getLocation());
    String path = "encoders/" + id + (section.isEmpty() ? "" : "/" + section);
    if (path.equals(open) && content.getComponentCount() > 0 && content.getComponentAt(0) instanceof FollowsUrl panel) {
      panel.follow(url);
      return;
    }
    open = path;
    if (!name.equals("encoders/" + id)) {
      content.removeAll();
      badges.removeAll();
      actions.removeAll();
    }
    name = "encoders/" + id;
    notice.clear();
    header.setTitle(id);
    header.setLine("");
    tabs.show(titles(id, "Training"), path);
    tabs.setVisible(true);
    trainer.cancelAll();
    calls.cancelAll();
    trainer.ask(services.trainer().getEncoder(GetEncoderRequest.newBuilder().setName(name).build()), encoder -> {
      header.setLine(EncoderWords.origin(encoder));
      tabs.show(titles(id, beginning(encoder)), open);
      badges.removeAll();
      if (encoder.getCollapsed()) {
        badges.add(new CollapsedBadge());
      }
      calls.ask(services.checkpoints().describeEncoder(DescribeEncoderRequest.newBuilder().setName(name).build()),
          description -> show(section, encoder, description, url), failure -> notReady(encoder, failure));
    });
  }

  private void failed(Failure failure) {
    if (failure.code() != Status.Code.NOT_FOUND) {
      notice.show(failure);
      return;
    }
    tabs.setVisible(false);
    content.removeAll();
    content.add(new Gone("encoder", Names.id(name), "encoders"));
  }

  @Override
  public String getPageTitle() {
    return Names.id(name) + " · Engram";
  }

  private void show(String section, Encoder encoder, EncoderDescription description, UrlState url) {
    header.setLine(EncoderWords.network(description.getArchitecture().getNetwork(), description.getArchitecture().getNetworkOptionsMap()) + ", "
        + Numbers.count(description.getArchitecture().getParameters(), "parameter") + ", " + (isTrained(encoder)
            ? "trained by " + (encoder.getSpec().getRecipe().getObjective().isEmpty() ? "simclr" : encoder.getSpec().getRecipe().getObjective())
            : EncoderWords.origin(encoder)));
    actions.removeAll();
    actions.add(Links.button(measure(description), "Measure or attack", false), Links.button("compare?first=" + Names.id(name), "Compare", true),
        Links.button("interventions?source=" + Names.id(name), "Change", true), new ExportLinks(description));
    content.removeAll();
    content.add(section(section, encoder, description, url));
  }

  private Component section(String section, Encoder encoder, EncoderDescription description, UrlState url) {
    return switch (section) {
      case "architecture" -> new Section("Architecture", new ArchitectureTree(description.getArchitecture())).explain(
          "Paths are PyTorch's; the output is that of one image of " + description.getArchitecture().getChannels() + " × "
              + description.getArchitecture().getSide() + " × " + description.getArchitecture().getSide() + ".");
      case "map" -> new MapPanel(services, pictures, name, url);
      case "training" -> beginning(encoder, description);
      case "probes" -> new LayerProbesPanel(services, description, url);
      case "leaks" -> new OneModelPanel(services, description);
      default -> new EncoderOverview(description);
    };
  }

  /** An encoder that is still being made has a run but no description. */
  private void notReady(Encoder encoder, Failure failure) {
    content.removeAll();
    if (failure.code() != Status.Code.FAILED_PRECONDITION) {
      notice.show(failure);
      return;
    }
    content.add(new Section("Not ready", new Paragraph(failure.message()), Links.to(encoder.getRun(), "Open its run")));
    if (isTrained(encoder)) {
      content.add(new TrainingPanel(services, encoder));
    }
  }

  /** Where it is measured: on the page of a pair it is in; one in no pair becomes one with a reference, or with itself. */
  static String measure(EncoderDescription encoder) {
    return encoder.getPairsCount() > 0 ? Links.path(encoder.getPairs(0)) + "/measure"
        : NewPairView.PATH + "?candidate=" + Names.id(encoder.getName());
  }

  private static boolean isTrained(Encoder encoder) {
    return !encoder.getImported() && encoder.getSource().isEmpty();
  }

  private static String beginning(Encoder encoder) {
    return encoder.getImported() ? "Import" : encoder.getSource().isEmpty() ? "Training" : "Changes";
  }

  private Component beginning(Encoder encoder, EncoderDescription description) {
    if (encoder.getImported()) {
      return new ImportReportPanel(services, encoder);
    }
    return isTrained(encoder) ? new TrainingPanel(services, encoder) : new ChangesPanel(description);
  }

  private static Map<String, String> titles(String id, String beginning) {
    Map<String, String> titles = new LinkedHashMap<>();
    titles.put("encoders/" + id, "Overview");
    titles.put("encoders/" + id + "/architecture", "Architecture");
    titles.put("encoders/" + id + "/map", "Memory map");
    titles.put("encoders/" + id + "/training", beginning);
    titles.put("encoders/" + id + "/probes", "Probes");
    titles.put("encoders/" + id + "/leaks", "Leaks");
    return titles;
  }
}
