package dev.engram.ui.run;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.format.Names;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.GetRunRequest;
import dev.engram.v1.Run;

/** A page of its own for the result of one run, which its URL names as {@code :run}: a title, what it is about, links, and the figures. */
public abstract class ResultView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private final Services services;
  private final String section;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls;
  private final PageHeader header = new PageHeader("", "");
  private final Div links = new Div();
  private final Div content = new Div();
  private String name = "";
  private UrlState url;

  /**
   * @param service that is asked, in the words of an error
   * @param section of the page it belongs to, for the title
   */
  protected ResultView(Services services, String service, String section) {
    this.services = services;
    this.section = section;
    calls = new Calls(this, service, notice::show);
    addClassName("page");
    content.addClassName("stack");
    links.addClassName("link-list");
    header.actions(links);
    add(header, notice, content);
  }

  /** Says what the run is about, asks for its result and shows it. What was shown before of the same run is still there. */
  protected abstract void show(Run run);

  @Override
  public final void beforeEnter(BeforeEnterEvent event) {
    String entered = "runs/" + event.getRouteParameters().get("run").orElse("");
    url = UrlState.of(event.getLocation());
    if (!entered.equals(name)) {
      content.removeAll();
    }
    name = entered;
    notice.clear();
    header.setTitle(Names.id(name));
    calls.cancelAll();
    calls.ask(services.runs().getRun(GetRunRequest.newBuilder().setName(name).build()), this::show);
  }

  @Override
  public final String getPageTitle() {
    return Names.id(name) + " · " + section + " · Engram";
  }

  /** The line below the title, and the links beside it. */
  protected final void describe(String line, Component... to) {
    header.setLine(line);
    links.removeAll();
    links.add(to);
  }

  protected final Services services() {
    return services;
  }

  protected final Calls calls() {
    return calls;
  }

  /** {@code runs/{run}}. */
  protected final String name() {
    return name;
  }

  /** What the URL says beside the run. */
  protected final UrlState url() {
    return url;
  }

  /** Where figures go. */
  protected final Div content() {
    return content;
  }
}
