package dev.engram.ui.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import java.util.List;
import java.util.stream.IntStream;

/** A choice of one of a few things of a result that the address keeps: what it shows can be linked to. The first goes without saying. */
public final class UrlChoice extends Div {

  /**
   * @param words of each, in the result's order
   * @param chosen its place
   * @param url that is opened with the new place at {@code key}, on the first page
   */
  public UrlChoice(String label, List<String> words, int chosen, UrlState url, String key) {
    Select<Integer> choice = new Select<>();
    choice.setLabel(label);
    choice.setItems(IntStream.range(0, words.size()).boxed().toList());
    choice.setItemLabelGenerator(words::get);
    choice.setValue(chosen);
    choice.setWidth("22rem");
    choice.setMaxWidth("100%");
    choice.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.without("page").with(key, change.getValue() == 0 ? "" : String.valueOf(change.getValue())).open();
      }
    });
    add(choice);
    addClassName("filters");
  }
}
