package dev.engram.ui.pair;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Gone;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.Tabs;
import dev.engram.ui.encoder.EncoderWords;
import dev.engram.ui.format.Names;
import dev.engram.ui.picture.Pictures;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.FollowsUrl;
import dev.engram.ui.shell.UrlState;
import io.grpc.Status;
import jakarta.inject.Inject;
import java.util.Optional;

/** One pair: how it was trained, where it memorizes, what leaks, and forms to measure it further. */
@Route("pairs/:pair/:section?")
public class PairView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private final Services services;
  private final Pictures pictures;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "trainer", this::failed);
  private final Anchor measure = new Anchor("", "Measure or attack");
  private final PageHeader header = new PageHeader("", "").actions(measure);
  private final Tabs tabs = new Tabs("Parts of the pair");
  private final Div content = new Div();
  private String name = "";
  private String open = "";

  @Inject
  public PairView(Services services, Pictures pictures) {
    this.services = services;
    this.pictures = pictures;
    addClassName("page");
    content.addClassName("stack");
    measure.setRouterIgnore(false);
    measure.addClassName("button-link");
    add(header, tabs, notice, content);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    String id = event.getRouteParameters().get("pair").orElse("");
    Optional<PairSection> section = PairSection.at(event.getRouteParameters().get("section").orElse(""));
    if (section.isEmpty()) {
      event.rerouteToError(NotFoundException.class);
      return;
    }
    UrlState url = UrlState.of(event.getLocation());
    String path = section.get().of(id);
    if (path.equals(open) && content.getComponentCount() > 0 && content.getComponentAt(0) instanceof FollowsUrl panel) {
      panel.follow(url);
      return;
    }
    open = path;
    if (!name.equals("pairs/" + id)) {
      content.removeAll();
    }
    name = "pairs/" + id;
    notice.clear();
    header.setTitle(id);
    tabs.show(PairSection.titles(id), path);
    tabs.setVisible(true);
    measure.setHref(PairSection.MEASURE.of(id));
    measure.setVisible(section.get() != PairSection.MEASURE);
    calls.cancelAll();
    calls.ask(PairRuns.find(services, name), runs -> {
      header.setLine(EncoderWords.recipeOf(runs.pair()) + " · images of " + Names.id(runs.pair().getDataset()));
      content.removeAll();
      content.add(section.get().panel().make(services, pictures, runs, url));
    });
  }

  private void failed(Failure failure) {
    if (failure.code() != Status.Code.NOT_FOUND) {
      notice.show(failure);
      return;
    }
    header.setLine("");
    tabs.setVisible(false);
    measure.setVisible(false);
    content.removeAll();
    content.add(new Gone("pair", Names.id(name), "pairs"));
  }

  @Override
  public String getPageTitle() {
    return Names.id(name) + " · Engram";
  }
}
