package dev.engram.ui.map;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.chart.MemoryMapFigure;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One map, or two beside each other on one scale. */
final class MapSection extends Div {
  private final Section section = new Section("Memory map");
  private final Div maps = new Div();
  private final Span warning = new Span();
  private final Figure first;
  private final Figure second;
  private final Div besideBox;
  private final H3 firstName = new H3();
  private final H3 secondName = new H3();

  /** @param chosen called with the path of a layer that a person chooses */
  MapSection(Consumer<String> chosen) {
    first = new Figure("Memory map").onPick(chosen);
    second = new Figure("Memory map of the other encoder").onPick(chosen);
    besideBox = of(secondName, second);
    maps.addClassName("maps");
    maps.add(of(firstName, first));
    warning.addClassName("warning-line");
    section.append(warning, maps);
    add(section);
  }

  /** Shows these; figures that are there already are changed in place. */
  void show(Measured one, Optional<Measured> other, MapState state) {
    section.explain(state.lens().meaning());
    List<Double> values = Stream.concat(Stream.of(one), other.stream()).flatMap(measured -> state.readings(measured).stream())
        .flatMapToDouble(Reading::ends).boxed().toList();
    MemoryMapFigure.Scale scale = MemoryMapFigure.Scale.over(state.lens().title(), state.lens().signed(), values);
    draw(first, firstName, one, state, scale);
    firstName.setVisible(other.isPresent());
    maps.remove(besideBox);
    other.filter(measured -> !state.readings(measured).isEmpty()).ifPresent(measured -> {
      maps.add(besideBox);
      draw(second, secondName, measured, state, scale);
    });
    warning.setText(other.map(measured -> difference(one, measured, state.lens())).orElse(""));
    warning.setVisible(!warning.getText().isEmpty());
  }

  /** What keeps two maps from being compared; empty if nothing does. */
  static String difference(Measured one, Measured other, Lens lens) {
    if (lens.readings(other, false).isEmpty()) {
      return Names.id(other.encoder()) + " has no " + lens.kind().title() + " result"
          + (lens.kind() == Kind.LAYER_MEM ? ": LayerMem is of the candidate f of a pair." : ".");
    }
    String a = one.sample(lens.kind());
    String b = other.sample(lens.kind());
    return a.equals(b) ? "" : "Not comparable as they are: " + a + " at the left, " + b + " at the right.";
  }

  private static void draw(Figure figure, H3 title, Measured measured, MapState state, MemoryMapFigure.Scale scale) {
    String id = Names.id(measured.encoder());
    List<MemoryMapFigure.Node> nodes = MapRows.of(measured.measures().encoder().getArchitecture().getRoot(), state.lens(),
        state.readings(measured), state.shown() == MapRows.Shown.ALL, state.layer());
    title.setText(id);
    figure.tall(MemoryMapFigure.height(nodes.size()));
    figure.show(MemoryMapFigure.of(id + "-map-" + state.lens().id(), nodes, scale));
  }

  private static Div of(H3 title, Figure figure) {
    Div box = new Div(title, figure);
    box.addClassName("map-of");
    return box;
  }
}
