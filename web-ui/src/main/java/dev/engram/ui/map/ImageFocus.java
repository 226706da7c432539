package dev.engram.ui.map;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.chart.ImageDepthFigure;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Facts;
import dev.engram.ui.component.Gallery;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.picture.Captions;
import dev.engram.ui.picture.Pictures;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.Crop;
import dev.engram.v1.GetDatasetRequest;
import dev.engram.v1.GetImageScoresRequest;
import dev.engram.v1.ImageScoreAtLayer;
import dev.engram.v1.ImageScores;
import dev.engram.v1.ImageUnit;
import dev.engram.v1.ListUnitsOfImageRequest;
import dev.engram.v1.ListUnitsOfImageResponse;
import io.grpc.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An image of a map: what it is, its score by depth, and the units that keep it in all layers. */
final class ImageFocus extends Div {
  private static final int UNITS = 100;

  private final Services services;
  private final Pictures pictures;
  private final Measured measured;
  private final UrlState url;
  private final long image;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "metrics", notice::show);
  private final Div seen = new Div();
  private final Facts facts = new Facts();
  private final Section depth = new Section("Its score by depth");
  private final Section units = new Section("Its units");

  ImageFocus(Services services, Pictures pictures, Measured measured, UrlState url) {
    this.services = services;
    this.pictures = pictures;
    this.measured = measured;
    this.url = url;
    image = url.number("image").orElseThrow();
    addClassNames("stack", "image-focus");
    seen.addClassName("seen-image");
    add(new Trail(url), notice, new Section("Image " + image, seen), depth, units);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    String dataset = measured.dataset(measured.layerMem().isPresent() ? Kind.LAYER_MEM : Kind.UNIT_MEM);
    calls.ask(services.datasets().getDataset(GetDatasetRequest.newBuilder().setName(dataset).build()), found ->
        calls.ask(pictures.fetch(dataset, List.of(image), Crop.getDefaultInstance()), shown -> {
          Captions captions = new Captions(found, shown);
          seen.removeAll();
          seen.add(new Gallery().picture(captions.url(image), "", "Image " + image + ", " + captions.label(image)), facts);
          facts.add("Class", captions.label(image));
        }));
    scores();
    units();
  }

  private void scores() {
    if (measured.layerMem().isEmpty()) {
      depth.append(new Paragraph("There is no LayerMem of this encoder as the candidate of a pair."));
      return;
    }
    String run = measured.runs().get(Kind.LAYER_MEM).getName();
    calls.ask(services.metrics().getImageScores(GetImageScoresRequest.newBuilder().setRun(run).setImageId(image).build()), this::showScores,
        failure -> missing(depth, failure, Names.id(run) + " did not measure this image."));
  }

  private void showScores(ImageScores scores) {
    Optional<ImageScoreAtLayer> highest = scores.getLayersList().stream().max(Comparator.comparingDouble(ImageScoreAtLayer::getScore));
    facts.add("Part of the split", scores.getSubset());
    highest.ifPresent(layer -> facts.add("Highest score", Numbers.score(layer.getScore()) + " at " + layer.getLayer()));
    ImageScoreAtLayer last = scores.getLayers(scores.getLayersCount() - 1);
    facts.add("Score of the whole encoder", Numbers.score(last.getScore()) + ", rank " + Numbers.count(last.getRank()) + " of "
        + Numbers.count(scores.getSubsetImages(), scores.getSubset() + " image"));
    Figure figure = new Figure("Score of image " + image + " by depth").tall("18rem");
    figure.show(ImageDepthFigure.of(Names.id(measured.encoder()) + "-image-" + image, ImageDepthFigure.rows(measured.layerMem().orElseThrow()), scores));
    depth.explain("How much closer f brings two views of this image than g does, from −1 to 1, beside the mean of its part of the split.");
    depth.setContent(figure);
  }

  private void units() {
    if (measured.unitMem().isEmpty()) {
      units.append(new Paragraph("There is no UnitMem of this encoder."));
      return;
    }
    String run = measured.runs().get(Kind.UNIT_MEM).getName();
    calls.ask(services.metrics().listUnitsOfImage(ListUnitsOfImageRequest.newBuilder().setRun(run).setImageId(image).setPageSize(UNITS).build()),
        this::showUnits, failure -> missing(units, failure, Names.id(run) + " did not measure this image."));
  }

  private void showUnits(ListUnitsOfImageResponse answer) {
    if (answer.getTotal() == 0) {
      units.setContent(new Paragraph("No unit has this image among those that drive it most."));
      return;
    }
    units.explain(Numbers.count(answer.getTotal(), "unit") + " keep it among their top images; " + Numbers.count(answer.getOwned())
        + " of them it drives more than any other image does: " + answer.getLayersList().stream().filter(layer -> layer.getOwned() > 0)
            .map(layer -> layer.getLayer() + " " + layer.getOwned()).collect(Collectors.joining(", ")) + ".");
    DataTable<ImageUnit> table = new DataTable<ImageUnit>("")
        .component("Unit", this::link)
        .figure("Rank of the image", unit -> Numbers.count(unit.getRank()))
        .figure("UnitMem", unit -> Numbers.score(unit.getUnitMem()))
        .figure("with random weights", unit -> Numbers.score(unit.getNullUnitMem()))
        .figure("Mean activation", unit -> Numbers.significant(Math.round(unit.getMeanActivation() * 1000) / 1000.0));
    table.setItems(answer.getUnitsList());
    units.setContent(table);
    if (answer.getTotal() > answer.getUnitsCount()) {
      units.append(new Paragraph("The first " + answer.getUnitsCount() + " of them."));
    }
  }

  private Anchor link(ImageUnit unit) {
    Anchor link = new Anchor(url.without("image", "page").with("layer", unit.getLayer()).with("unit", String.valueOf(unit.getUnit())).href(),
        unit.getLayer() + " · " + unit.getUnit());
    link.setRouterIgnore(false);
    return link;
  }

  private void missing(Section section, Failure failure, String words) {
    if (failure.code() == Status.Code.NOT_FOUND) {
      section.setContent(new Paragraph(words));
    } else {
      notice.show(failure);
    }
  }
}
