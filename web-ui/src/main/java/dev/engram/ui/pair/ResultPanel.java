package dev.engram.ui.pair;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.Run;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * A part of a pair's page that shows the result of one run of a kind: the run that the URL names ({@code run}), otherwise the newest,
 * otherwise the way to start one.
 *
 * @param <R> the result
 */
abstract class ResultPanel<R> extends Div {
  final Services services;
  final PairRuns runs;
  final UrlState url;
  final Calls calls;
  private final Kind kind;
  private final ErrorNotice notice = new ErrorNotice();

  ResultPanel(Kind kind, Services services, PairRuns runs, UrlState url) {
    this.kind = kind;
    this.services = services;
    this.runs = runs;
    this.url = url;
    calls = new Calls(this, kind.service(), notice::show);
    addClassName("stack");
    add(notice);
  }

  /** Asks for the result of this run. */
  abstract Uni<R> result(String run);

  /** Adds what is seen of the result. */
  abstract void show(Run run, R result);

  @Override
  protected final void onAttach(AttachEvent event) {
    Optional<Run> run = runs.result(kind, url.get("run"));
    if (run.isEmpty()) {
      add(new NothingYet(runs, kind));
      return;
    }
    calls.ask(result(run.get().getName()), result -> show(run.get(), result));
  }

  /** The line above the figures: which run they are of, and these choices. */
  final Div choices(Run run, Component... further) {
    Div choices = new Div(new ResultChoice(runs.results(kind), run, url));
    choices.add(further);
    choices.addClassName("filters");
    return choices;
  }

  /** The page about an image: its units and its score by depth. */
  final String imagePage(long image) {
    return PairSection.MAP.of(Names.id(runs.pair().getName())) + "?image=" + image;
  }

  /** What the URL says under this name if it is one of the values, otherwise what is usual. */
  final String chosen(String name, List<String> values, String usual) {
    return values.contains(url.get(name)) ? url.get(name) : usual;
  }

  /** The kind of tap to begin with: after ReLUs where there are any. */
  static String usualPoint(List<String> points) {
    return points.contains("relu") ? "relu" : points.getFirst();
  }

  /**
   * A choice that is kept in the URL.
   *
   * @param name its name there
   * @param value the one that is shown
   * @param usual the one that stands when the URL says nothing
   * @param forgotten names whose values mean nothing after another choice
   */
  final Select<String> choice(String label, String name, List<String> values, String value, String usual, String... forgotten) {
    Select<String> select = new Select<>();
    select.setLabel(label);
    select.setItems(values);
    select.setValue(value);
    select.setWidth("16rem");
    select.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.without(forgotten).with(name, change.getValue().equals(usual) ? "" : change.getValue()).open();
      }
    });
    return select;
  }
}
