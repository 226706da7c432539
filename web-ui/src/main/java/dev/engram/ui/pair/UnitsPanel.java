package dev.engram.ui.pair;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.chart.UnitMemFigure;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.PageTrail;
import dev.engram.ui.component.Pager;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.picture.Captions;
import dev.engram.ui.picture.Pictures;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.Crop;
import dev.engram.v1.GetDatasetRequest;
import dev.engram.v1.GetUnitMemResultRequest;
import dev.engram.v1.ImageScore;
import dev.engram.v1.ListUnitsRequest;
import dev.engram.v1.ListUnitsResponse;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitLayerSummary;
import dev.engram.v1.UnitMemResult;
import java.util.List;
import java.util.Optional;

/** Which units memorize: how UnitMem is distributed in each layer, and the units of one layer with the images that own them. */
final class UnitsPanel extends Div {
  private static final int PAGE_SIZE = 24;

  private final Services services;
  private final Pictures pictures;
  private final PairRuns runs;
  private final UrlState url;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "metrics", notice::show);
  private final Section gallery = new Section("Units and the images that own them");
  private final Pager pager;

  UnitsPanel(Services services, Pictures pictures, PairRuns runs, UrlState url) {
    this.services = services;
    this.pictures = pictures;
    this.runs = runs;
    this.url = url;
    pager = new Pager(token -> url.without("unit").with("page", token).open());
    addClassName("stack");
    add(notice);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    Optional<Run> run = runs.result(RunSpec.TaskCase.UNIT_MEM, url.get("run"));
    if (run.isEmpty()) {
      add(new NothingYet(runs, RunSpec.TaskCase.UNIT_MEM));
      return;
    }
    calls.ask(services.metrics().getUnitMemResult(GetUnitMemResultRequest.newBuilder().setRun(run.get().getName()).build()),
        result -> show(run.get(), result));
  }

  private void show(Run run, UnitMemResult result) {
    List<String> points = result.getLayersList().stream().map(UnitLayerSummary::getPoint).distinct().toList();
    String asked = url.get("point");
    String point = points.contains(asked) ? asked : points.contains("relu") ? "relu" : points.getFirst();
    List<UnitLayerSummary> layers = result.getLayersList().stream().filter(layer -> layer.getPoint().equals(point)).toList();
    List<String> names = layers.stream().map(UnitLayerSummary::getLayer).toList();
    String layer = names.contains(url.get("layer")) ? url.get("layer") : names.getLast();

    Figure figure = new Figure("UnitMem of the units of each layer, beside random weights").tall("22rem");
    figure.show(UnitMemFigure.of(Names.id(run.getName()) + "-unitmem-" + point, layers));
    Div choices = new Div(new ResultChoice(runs.results(RunSpec.TaskCase.UNIT_MEM), run, url),
        choice("Measured at", points, point, "point"));
    choices.addClassName("filters");
    add(choices, new Section("UnitMem by layer", figure, dead(layers)).explain("How much one image alone drives a unit, from 0 (none) to 1. "
        + "The left halves are the same measure on the same " + Numbers.count(result.getImages(), "image")
        + " with random weights: only what exceeds them was learned."), gallery);
    UnitLayerSummary summary = layers.get(names.indexOf(layer));
    gallery.explain(Numbers.count(summary.getUnits(), "unit") + " at " + layer + ", highest UnitMem first: mean "
        + Numbers.score(summary.getMean()) + " (random weights " + Numbers.score(summary.getNullMean()) + "), highest "
        + Numbers.score(summary.getMax()) + ", dead " + Numbers.count(summary.getDead()) + ".");
    gallery.actions(choice("Layer", names, layer, "layer"));
    calls.ask(services.metrics().listUnits(ListUnitsRequest.newBuilder().setRun(run.getName()).setLayer(layer)
        .setPageSize(PAGE_SIZE).setPageToken(PageTrail.of(url.get("page")).token()).build()), this::showUnits);
  }

  private static Span dead(List<UnitLayerSummary> layers) {
    List<String> dead = layers.stream().filter(layer -> layer.getDead() > 0)
        .map(layer -> layer.getLayer() + ": " + layer.getDead() + " of " + Numbers.count(layer.getUnits(), "unit")).toList();
    Span words = new Span("Dead units (no image drives them, counted with 0): " + (dead.isEmpty() ? "none." : String.join("; ", dead) + "."));
    words.addClassName("quiet");
    return words;
  }

  private void showUnits(ListUnitsResponse answer) {
    pager.show(PageTrail.of(url.get("page")), answer.getNextPageToken());
    List<Long> images = answer.getUnitsList().stream().flatMap(unit -> unit.getTopImagesList().stream())
        .map(ImageScore::getImageId).distinct().toList();
    String dataset = runs.pair().getDataset();
    calls.ask(pictures.fetch(dataset, images, Crop.getDefaultInstance()), labels ->
        calls.ask(services.datasets().getDataset(GetDatasetRequest.newBuilder().setName(dataset).build()), found ->
            gallery.setContent(new UnitGallery(answer.getUnitsList(), new Captions(found, labels), url), pager)));
  }

  private Select<String> choice(String label, List<String> values, String value, String name) {
    Select<String> select = new Select<>();
    select.setLabel(label);
    select.setItems(values);
    select.setValue(value);
    select.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.without("page", "unit").with(name, change.getValue()).open();
      }
    });
    return select;
  }
}
