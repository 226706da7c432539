package dev.engram.ui.pair;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import dev.engram.ui.component.Links;
import dev.engram.ui.format.Names;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.Run;
import java.util.List;

/** Says which run a figure is of, and offers the other runs of the kind. */
final class ResultChoice extends Div {

  ResultChoice(List<Run> results, Run shown, UrlState url) {
    addClassName("result-choice");
    if (results.size() == 1) {
      Span of = new Span("Result of ");
      of.addClassName("quiet");
      add(of, Links.to(shown.getName()));
      return;
    }
    Select<Run> choice = new Select<>();
    choice.setLabel("Result of");
    choice.setItemLabelGenerator(run -> Names.id(run.getName()));
    choice.setItems(results);
    choice.setValue(shown);
    choice.addValueChangeListener(change -> {
      if (change.isFromClient() && change.getValue() != null) {
        new UrlState(url.path(), java.util.Map.of("run", Names.id(change.getValue().getName()))).open();
      }
    });
    add(choice);
  }
}
