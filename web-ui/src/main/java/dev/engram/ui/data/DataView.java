package dev.engram.ui.data;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;

@Route("data")
public class DataView extends Div {
  public static final String PATH = "data";
}
