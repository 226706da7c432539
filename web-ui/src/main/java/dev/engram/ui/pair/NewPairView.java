package dev.engram.ui.pair;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;

@Route("new-pair")
public class NewPairView extends Div {
  public static final String PATH = "new-pair";
}
