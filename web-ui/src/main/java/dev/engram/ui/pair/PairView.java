package dev.engram.ui.pair;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.Tabs;
import dev.engram.ui.encoder.EncoderWords;
import dev.engram.ui.format.Names;
import dev.engram.ui.picture.Pictures;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;

/** One pair: how it was trained, where it memorizes, what leaks, and forms to measure it further. */
@Route("pairs/:pair/:section?(layers|images|units|classes|leaks|measure)")
public class PairView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private final Services services;
  private final Pictures pictures;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "trainer", notice::show);
  private final PageHeader header = new PageHeader("", "");
  private final Tabs tabs = new Tabs("Parts of the pair");
  private final Div content = new Div();
  private String name = "";

  @Inject
  public PairView(Services services, Pictures pictures) {
    this.services = services;
    this.pictures = pictures;
    addClassName("page");
    content.addClassName("stack");
    add(header, tabs, notice, content);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    String id = event.getRouteParameters().get("pair").orElse("");
    String section = event.getRouteParameters().get("section").orElse("");
    UrlState url = UrlState.of(event.getLocation());
    if (!name.equals("pairs/" + id)) {
      content.removeAll();
    }
    name = "pairs/" + id;
    notice.clear();
    header.setTitle(id);
    tabs.show(titles(id), section.isEmpty() ? name : name + "/" + section);
    calls.cancelAll();
    calls.ask(PairRuns.find(services, name), runs -> {
      header.setLine(EncoderWords.recipeOf(runs.pair()) + " on " + Names.id(runs.pair().getDataset()));
      content.removeAll();
      content.add(section(section, runs, url));
    });
  }

  @Override
  public String getPageTitle() {
    return Names.id(name) + " · Engram";
  }

  private Component section(String section, PairRuns runs, UrlState url) {
    return switch (section) {
      case "layers" -> new LayersPanel(services, runs, url);
      case "images" -> new ImagesPanel(services, pictures, runs, url);
      case "units" -> new UnitsPanel(services, pictures, runs, url);
      case "classes" -> new ClassesPanel(services, runs, url);
      case "leaks" -> new LeaksPanel(services, runs);
      case "measure" -> new MeasurePanel(services, runs, url);
      default -> new OverviewPanel(services, runs);
    };
  }

  private static Map<String, String> titles(String id) {
    Map<String, String> titles = new LinkedHashMap<>();
    titles.put("pairs/" + id, "Overview");
    titles.put("pairs/" + id + "/layers", "Layers");
    titles.put("pairs/" + id + "/images", "Images");
    titles.put("pairs/" + id + "/units", "Units");
    titles.put("pairs/" + id + "/classes", "Classes");
    titles.put("pairs/" + id + "/leaks", "Leaks");
    titles.put("pairs/" + id + "/measure", "Measure");
    return titles;
  }
}
