package dev.engram.ui.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import dev.engram.ui.component.PageHeader;
import jakarta.servlet.http.HttpServletResponse;
import org.jboss.logging.Logger;

/** Stands in for a page that could not be built; the log has the reason. */
@ParentLayout(MainLayout.class)
public class BrokenPage extends Div implements HasErrorParameter<Exception> {
  private static final Logger LOG = Logger.getLogger(BrokenPage.class);

  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
    LOG.errorf(parameter.getCaughtException(), "Page /%s could not be built", event.getLocation().getPath());
    addClassName("page");
    Anchor runs = new Anchor("runs", "See all runs");
    runs.setRouterIgnore(false);
    add(new PageHeader("This page could not be shown", "It is a defect of Engram; the page's log says why."), new Div(runs));
    return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
  }
}
