package dev.engram.ui.artifact;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;

@Route("artifacts")
public class ArtifactListView extends Div {
  public static final String PATH = "artifacts";
}
