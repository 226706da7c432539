package dev.engram.ui.pair;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.picture.Pictures;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.GetLayerMemResultRequest;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.LayerScore;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which images are memorized: the most and the least memorized ones, by the whole encoder (SSLMem) or by one layer (LayerMem). */
final class ImagesPanel extends Div {
  private static final String ENCODER = "whole encoder (SSLMem)";
  private static final String ALL = "all";
  private static final List<String> SUBSETS = List.of("candidate", "shared", "independent", "external");

  private final Services services;
  private final Pictures pictures;
  private final PairRuns runs;
  private final UrlState url;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "metrics", notice::show);

  ImagesPanel(Services services, Pictures pictures, PairRuns runs, UrlState url) {
    this.services = services;
    this.pictures = pictures;
    this.runs = runs;
    this.url = url;
    addClassName("stack");
    add(notice);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    Optional<Run> run = runs.result(RunSpec.TaskCase.LAYER_MEM, url.get("run"));
    if (run.isEmpty()) {
      add(new NothingYet(runs, RunSpec.TaskCase.LAYER_MEM));
      return;
    }
    calls.ask(services.metrics().getLayerMemResult(GetLayerMemResultRequest.newBuilder().setRun(run.get().getName()).build()),
        result -> show(run.get(), result));
  }

  private void show(Run run, LayerMemResult result) {
    List<String> layers = result.getLayersList().stream().map(LayerScore::getLayer).toList();
    String layer = layers.contains(url.get("layer")) ? url.get("layer") : "";
    String subset = url.get("subset").equals(ALL) ? "" : SUBSETS.contains(url.get("subset")) ? url.get("subset") : "candidate";
    Div choices = new Div(new ResultChoice(runs.results(RunSpec.TaskCase.LAYER_MEM), run, url),
        choice("Score of", "layer", Stream.concat(Stream.of(ENCODER), layers.stream()).toList(), layer.isEmpty() ? ENCODER : layer, ENCODER),
        choice("Subset", "subset", Stream.concat(SUBSETS.stream(), Stream.of(ALL)).toList(), subset.isEmpty() ? ALL : subset, "candidate"));
    choices.addClassName("filters");
    add(choices, new ScoredImages("Most memorized", false, services, pictures, runs, run, layer, subset, url),
        new ScoredImages("Least memorized", true, services, pictures, runs, run, layer, subset, url));
  }

  private Select<String> choice(String label, String name, List<String> values, String value, String first) {
    Select<String> select = new Select<>();
    select.setLabel(label);
    select.setItems(values);
    select.setValue(value);
    select.setWidth("16rem");
    select.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.without("most", "least").with(name, change.getValue().equals(first) ? "" : change.getValue()).open();
      }
    });
    return select;
  }
}
