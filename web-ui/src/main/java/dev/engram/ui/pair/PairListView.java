package dev.engram.ui.pair;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;

@Route("pairs")
public class PairListView extends Div {
  public static final String PATH = "pairs";
}
