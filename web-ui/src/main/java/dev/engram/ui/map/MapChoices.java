package dev.engram.ui.map;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.select.Select;
import dev.engram.ui.format.Names;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a person can choose above a map; every choice opens another URL. */
final class MapChoices {
  private static final String ALONE = "nothing";

  private MapChoices() {
  }

  static List<Component> of(UrlState url, MapState state, List<Lens> lenses, Measured measured, List<String> others) {
    List<Component> choices = new ArrayList<>();
    choices.add(choice("Colored by", lenses, state.lens(), Lens::title, lens -> url.with("measure", lens == lenses.getFirst() ? "" : lens.id()).open(), "21rem"));
    choices.add(choice("Lines", List.of(MapRows.Shown.values()), state.shown(), MapRows.Shown::title,
        shown -> url.with("rows", shown == MapRows.Shown.USUAL ? "" : MapState.id(shown)).open(), "14rem"));
    List<Run> runs = measured.measures().results(state.lens().kind());
    choices.add(choice("Result of", runs, measured.runs().get(state.lens().kind()), run -> Names.id(run.getName()),
        run -> url.with("run", run.equals(runs.getFirst()) ? "" : Names.id(run.getName())).open(), "16rem"));
    choices.add(choice("Beside", Stream.concat(Stream.of(ALONE), others.stream()).toList(),
        others.contains(url.get("beside")) ? url.get("beside") : ALONE, name -> name, name -> url.with("beside", name.equals(ALONE) ? "" : name).open(), "16rem"));
    return choices;
  }

  private static <T> Select<T> choice(String label, List<T> values, T value, Function<T, String> words, Consumer<T> chosen, String width) {
    Select<T> select = new Select<>();
    select.setLabel(label);
    select.setItems(values);
    select.setItemLabelGenerator(words::apply);
    select.setValue(value);
    select.setWidth(width);
    select.getStyle().set("max-width", "100%");
    select.addValueChangeListener(change -> {
      if (change.isFromClient() && change.getValue() != null) {
        chosen.accept(change.getValue());
      }
    });
    return select;
  }
}
