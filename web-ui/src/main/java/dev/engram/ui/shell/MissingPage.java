package dev.engram.ui.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import dev.engram.ui.component.PageHeader;
import jakarta.servlet.http.HttpServletResponse;

/** Says that there is no page of this path. */
@ParentLayout(MainLayout.class)
public class MissingPage extends Div implements HasErrorParameter<NotFoundException> {

  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
    addClassName("page");
    Anchor runs = new Anchor("runs", "See all runs");
    runs.setRouterIgnore(false);
    add(new PageHeader("There is no such page", "Nothing is at /" + event.getLocation().getPath() + "."), new Div(runs));
    return HttpServletResponse.SC_NOT_FOUND;
  }
}
