package dev.engram.ui.chart;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** One figure on the page, with buttons that export it as CSV and PNG. */
@Tag("engram-figure")
@JsModule("context://engram/figure.js")
public final class Figure extends Component implements HasSize, HasStyle {
  private static final JsonMapper JSON = new JsonMapper();

  private FigureData shown;

  /** @param label what is seen, for those who do not see it */
  public Figure(String label) {
    getElement().setAttribute("role", "figure");
    getElement().setAttribute("aria-label", label);
  }

  /** Sets the height of the plot, e.g. {@code 18rem}. */
  public Figure tall(String height) {
    getStyle().set("--engram-figure-height", height);
    return this;
  }

  /** Calls this with the key of an item that a person chooses. */
  public Figure onPick(Consumer<String> chosen) {
    getElement().addEventListener("pick", event -> chosen.accept(event.getEventData().get("event.detail").asString()))
        .addEventData("event.detail");
    return this;
  }

  /** Draws; the same data again costs nothing. */
  public void show(FigureData data) {
    if (data.equals(shown)) {
      return;
    }
    shown = data;
    getElement().setAttribute("name", data.name());
    getElement().setProperty("csv", data.csv());
    getElement().setPropertyJson("option", JSON.valueToTree(data.option()));
  }
}
