package dev.engram.ui.start;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.component.PageHeader;

/** The first steps, to be found again when there are runs. */
@Route(FirstStepsView.PATH)
@PageTitle("First steps · Engram")
public class FirstStepsView extends Div {
  /** Path of this page. */
  public static final String PATH = "first-steps";

  public FirstStepsView() {
    addClassName("page");
    add(new PageHeader("First steps", "Where an encoder keeps the trace of single images, and what leaks of them."), new FirstSteps());
  }
}
