package dev.engram.ui.map;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.chart.UnitLayerFigure;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Facts;
import dev.engram.ui.component.Gallery;
import dev.engram.ui.component.PageTrail;
import dev.engram.ui.component.Pager;
import dev.engram.ui.component.Section;
import dev.engram.ui.encoder.ArchitectureTree;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.intervention.InterventionListView;
import dev.engram.ui.picture.Captions;
import dev.engram.ui.picture.Pictures;
import dev.engram.ui.picture.UnitGallery;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.Crop;
import dev.engram.v1.GetDatasetRequest;
import dev.engram.v1.ImageLayerScore;
import dev.engram.v1.ImageScore;
import dev.engram.v1.ListImageScoresRequest;
import dev.engram.v1.ListImageScoresResponse;
import dev.engram.v1.ListUnitsRequest;
import dev.engram.v1.ListUnitsResponse;
import dev.engram.v1.ModuleNode;
import dev.engram.v1.Unit;
import dev.engram.v1.UnitLayerSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** A layer of a map: all that was measured at it, how its units are distributed, the units and the images that it keeps. */
final class LayerFocus extends Div {
  private static final int UNITS = 12;
  private static final int IMAGES = 12;

  private final Services services;
  private final Pictures pictures;
  private final Measured measured;
  private final ModuleNode module;
  private final UrlState url;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "metrics", notice::show);
  private final Div chosenUnit = new Div();
  private final Section units = new Section("Units that memorize most");
  private final Section images = new Section("Images it keeps most");
  private final Pager pager;

  LayerFocus(Services services, Pictures pictures, Measured measured, ModuleNode module, UrlState url) {
    this.services = services;
    this.pictures = pictures;
    this.measured = measured;
    this.module = module;
    this.url = url;
    pager = new Pager(token -> url.without("unit").with("page", token).open());
    addClassNames("stack", "layer-focus");
    units.setVisible(false);
    images.setVisible(false);
    add(new Trail(url), notice, about(), units, images);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    String layer = module.getPath();
    if (summary().isPresent()) {
      calls.ask(services.metrics().listUnits(ListUnitsRequest.newBuilder().setRun(measured.runs().get(Kind.UNIT_MEM).getName()).setLayer(layer)
          .setPageSize(UNITS).setPageToken(PageTrail.of(url.get("page")).token()).build()), this::showUnits);
    }
    boolean scored = measured.layerMem().stream().flatMap(result -> result.getLayersList().stream()).anyMatch(row -> row.getLayer().equals(layer));
    if (scored) {
      calls.ask(services.metrics().listImageScores(ListImageScoresRequest.newBuilder().setRun(measured.runs().get(Kind.LAYER_MEM).getName())
          .setLayer(layer).setSubset("candidate").setPageSize(IMAGES).build()), this::showImages);
    }
  }

  private Section about() {
    Facts facts = new Facts();
    for (Lens lens : Lens.values()) {
      lens.readings(measured, false).stream().filter(reading -> reading.path().equals(module.getPath())).findFirst()
          .ifPresent(reading -> facts.add(lens.title(), words(lens, reading)));
    }
    Section section = new Section(module.getPath(), facts).explain(description());
    InterventionListView.links(measured.encoder(), measured.measures().encoder().getArchitecture().getRoot(), module, url.number("unit"))
        .forEach(section::actions);
    if (facts.getElement().getChildCount() == 0) {
      section.append(new Paragraph("Nothing was measured at this module."));
    }
    summary().ifPresent(summary -> {
      Figure figure = new Figure("UnitMem of the units of " + module.getPath() + ", beside random weights").tall("14rem");
      figure.show(UnitLayerFigure.of(Names.id(measured.encoder()) + "-unitmem-" + module.getPath(), summary));
      section.append(figure);
    });
    return section;
  }

  /** {@code conv, output 64 × 8 × 8, 64 units, 36,928 parameters.} */
  private String description() {
    List<String> parts = new ArrayList<>();
    if (!module.getKind().isEmpty()) {
      parts.add(module.getKind().replace('_', ' '));
      parts.add("output " + ArchitectureTree.shape(module.getOutputShapeList()));
    }
    if (module.getUnits() > 0) {
      parts.add(Numbers.count(module.getUnits(), "unit"));
    }
    parts.add(module.getParameters() == 0 ? "no parameters" : Numbers.count(module.getParameters(), "parameter"));
    return String.join(", ", parts) + ".";
  }

  private static String words(Lens lens, Reading reading) {
    return lens.text(reading.value()) + (reading.low().isEmpty() ? "" : " (" + lens.text(reading.low().getAsDouble()) + " to "
        + lens.text(reading.high().getAsDouble()) + ")");
  }

  private Optional<UnitLayerSummary> summary() {
    return measured.unitMem().stream().flatMap(result -> result.getLayersList().stream()).filter(layer -> layer.getLayer().equals(module.getPath())).findFirst();
  }

  private void showUnits(ListUnitsResponse answer) {
    List<Long> ids = answer.getUnitsList().stream().flatMap(unit -> unit.getTopImagesList().stream()).map(ImageScore::getImageId).distinct().toList();
    pager.show(PageTrail.of(url.get("page")), answer.getNextPageToken());
    captions(Kind.UNIT_MEM, ids, captions -> {
      units.setVisible(true);
      units.explain("Highest UnitMem first, with the images that drive them; an image opens its own page.");
      units.setContent(chosenUnit, new UnitGallery(answer.getUnitsList(), captions, url, this::imagePage), pager);
    });
    OptionalInt chosen = url.number("unit");
    if (chosen.isPresent() && answer.getUnitsList().stream().noneMatch(unit -> unit.getUnit() == chosen.getAsInt())) {
      search(chosen.getAsInt());
    }
  }

  /** A unit that an image led to may be on any page. */
  private void search(int wanted) {
    calls.ask(services.metrics().listUnits(ListUnitsRequest.newBuilder().setRun(measured.runs().get(Kind.UNIT_MEM).getName())
        .setLayer(module.getPath()).setUnit(wanted).build()), answer -> {
          Unit unit = answer.getUnits(0);
          captions(Kind.UNIT_MEM, unit.getTopImagesList().stream().map(ImageScore::getImageId).toList(),
              captions -> chosenUnit.add(UnitGallery.large(unit, captions, this::imagePage)));
        });
  }

  private void showImages(ListImageScoresResponse answer) {
    captions(Kind.LAYER_MEM, answer.getImagesList().stream().map(ImageLayerScore::getImageId).toList(), captions -> {
      Gallery gallery = new Gallery();
      gallery.addClassName("scored");
      for (ImageLayerScore image : answer.getImagesList()) {
        Span score = new Span(Numbers.score(image.getScore()));
        score.addClassName("score-value");
        gallery.linked(captions.url(image.getImageId()), imagePage(image.getImageId()),
            "Image " + image.getImageId() + ", " + captions.label(image.getImageId()) + ": LayerMem " + Numbers.score(image.getScore()),
            score, new Span(captions.label(image.getImageId())));
      }
      images.setVisible(true);
      images.explain("Candidates with the highest score at this layer.");
      images.setContent(gallery);
    });
  }

  private void captions(Kind kind, List<Long> ids, Consumer<Captions> known) {
    String dataset = measured.dataset(kind);
    calls.ask(services.datasets().getDataset(GetDatasetRequest.newBuilder().setName(dataset).build()), found ->
        calls.ask(pictures.fetch(dataset, ids, Crop.getDefaultInstance()), shown -> known.accept(new Captions(found, shown))));
  }

  private String imagePage(long image) {
    return url.with("image", String.valueOf(image)).href();
  }
}
