package dev.engram.ui.pair;

import com.vaadin.flow.component.html.Span;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.chart.UnitMemFigure;
import dev.engram.ui.component.PageTrail;
import dev.engram.ui.component.Pager;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.picture.Captions;
import dev.engram.ui.picture.Pictures;
import dev.engram.ui.picture.UnitGallery;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.Crop;
import dev.engram.v1.GetDatasetRequest;
import dev.engram.v1.GetUnitMemResultRequest;
import dev.engram.v1.ImageScore;
import dev.engram.v1.ListUnitsRequest;
import dev.engram.v1.ListUnitsResponse;
import dev.engram.v1.Run;
import dev.engram.v1.UnitLayerSummary;
import dev.engram.v1.UnitMemResult;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Which units memorize: how UnitMem is distributed in each layer, and the units of one layer with the images that own them. */
final class UnitsPanel extends ResultPanel<UnitMemResult> {
  private static final int PAGE_SIZE = 24;

  private final Pictures pictures;
  private final Section gallery = new Section("Units and the images that own them");
  private final Pager pager;

  UnitsPanel(Services services, Pictures pictures, PairRuns runs, UrlState url) {
    super(Kind.UNIT_MEM, services, runs, url);
    this.pictures = pictures;
    pager = new Pager(token -> url.without("unit").with("page", token).open());
  }

  @Override
  Uni<UnitMemResult> result(String run) {
    return services.metrics().getUnitMemResult(GetUnitMemResultRequest.newBuilder().setRun(run).build());
  }

  @Override
  void show(Run run, UnitMemResult result) {
    List<String> points = result.getLayersList().stream().map(UnitLayerSummary::getPoint).distinct().toList();
    String point = chosen("point", points, usualPoint(points));
    List<UnitLayerSummary> layers = result.getLayersList().stream().filter(layer -> layer.getPoint().equals(point)).toList();
    List<String> names = layers.stream().map(UnitLayerSummary::getLayer).toList();
    String layer = chosen("layer", names, names.getLast());

    Figure figure = new Figure("UnitMem of the units of each layer, beside random weights").tall("22rem");
    figure.show(UnitMemFigure.of(Names.id(run.getName()) + "-unitmem-" + point, layers));
    add(choices(run, choice("Measured at", "point", points, point, usualPoint(points), "page", "unit", "layer")), new Section("UnitMem by layer", figure, dead(layers)).explain("How much one image alone drives a unit, from 0 (none) to 1. "
        + "The left halves are the same measure on the same " + Numbers.count(result.getImages(), "image")
        + " with random weights: only what exceeds them was learned."), gallery);
    UnitLayerSummary summary = layers.get(names.indexOf(layer));
    gallery.explain(Numbers.count(summary.getUnits(), "unit") + " at " + layer + ", highest UnitMem first: mean "
        + Numbers.score(summary.getMean()) + " (random weights " + Numbers.score(summary.getNullMean()) + "), highest "
        + Numbers.score(summary.getMax()) + ", dead " + Numbers.count(summary.getDead()) + ".");
    gallery.actions(choice("Layer", "layer", names, layer, names.getLast(), "page", "unit"));
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
            gallery.setContent(new UnitGallery(answer.getUnitsList(), new Captions(found, labels), url, this::imagePage), pager)));
  }
}
