package dev.engram.ui.pair;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.chart.AlignmentFigure;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.Alignment;
import dev.engram.v1.GetAlignmentRequest;
import dev.engram.v1.GetProbeAlignmentRequest;
import dev.engram.v1.GetUnitMemResultRequest;
import dev.engram.v1.ListUnitOwnersRequest;
import dev.engram.v1.OwnerFrequency;
import dev.engram.v1.ProbeAlignment;
import dev.engram.v1.RankAgreement;
import dev.engram.v1.Run;
import dev.engram.v1.UnitLayerSummary;
import dev.engram.v1.UnitMemResult;
import dev.engram.v1.UnitOwner;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Whether the units that memorize belong to the images that are memorized; and whether layers that memorize are the useful ones. */
final class AlignmentPanel extends ResultPanel<UnitMemResult> {
  private static final int OWNERS = 25;

  AlignmentPanel(Services services, PairRuns runs, UrlState url) {
    super(Kind.UNIT_MEM, services, runs, url);
  }

  @Override
  Uni<UnitMemResult> result(String run) {
    return services.metrics().getUnitMemResult(GetUnitMemResultRequest.newBuilder().setRun(run).build());
  }

  @Override
  void show(Run run, UnitMemResult result) {
    Optional<Run> layerMem = runs.result(Kind.LAYER_MEM, url.get("layermem"));
    List<String> layers = result.getLayersList().stream().map(UnitLayerSummary::getLayer).toList();
    String usual = lastOf(result, "conv").or(() -> lastOf(result, "linear")).orElse(layers.getLast());
    String layer = chosen("layer", layers, usual);
    add(choices(run, choice("Layer", "layer", layers, layer, usual)));
    if (layerMem.isEmpty()) {
      add(new NothingYet(runs, Kind.LAYER_MEM));
      return;
    }
    calls.ask(services.metrics().getAlignment(GetAlignmentRequest.newBuilder().setRun(run.getName()).setLayerMem(layerMem.get().getName())
        .setLayer(layer).build()), alignment -> {
          show(run, alignment);
          showOwners(run, layerMem.get(), layer);
        });
  }

  private static Optional<String> lastOf(UnitMemResult result, String point) {
    return result.getLayersList().stream().filter(layer -> layer.getPoint().equals(point)).map(UnitLayerSummary::getLayer).reduce((_, last) -> last);
  }

  private void show(Run run, Alignment alignment) {
    Figure scatter = new Figure("UnitMem of each unit against the SSLMem of the image that owns it").tall("24rem");
    scatter.show(AlignmentFigure.units(Names.id(run.getName()) + "-alignment-" + alignment.getLayer(), alignment));
    DataTable<OwnerFrequency> table = new DataTable<OwnerFrequency>("No unit counts.")
        .figure("Units owned", row -> Numbers.count(row.getTimes()))
        .figure("Images", row -> Numbers.count(row.getImages()))
        .figure("Mean SSLMem", row -> row.hasMeanSslmem() ? Numbers.score(row.getMeanSslmem()) : "–");
    table.setItems(alignment.getFrequenciesList());
    alignment.getWarningsList().forEach(warning -> add(warning(warning)));
    add(new Section("UnitMem of a unit, SSLMem of its image", scatter).explain("Every living unit of " + alignment.getLayer()
            + " whose image was measured: " + Numbers.count(alignment.getScoredPoints()) + ". Spearman's rho " + words(alignment.hasSpearman(), alignment.getSpearman())
            + ", Kendall's tau " + words(alignment.hasKendall(), alignment.getKendall())
            + ". Where memorized images own the memorizing units, points rise to the right."),
        new Section("How often an image is responsible", table).explain("Of the " + Numbers.count(alignment.getCountedUnits(), "unit")
            + " with UnitMem " + Numbers.score(alignment.getThreshold()) + " or more, 10 % of the layer."));
  }

  private void showOwners(Run run, Run layerMem, String layer) {
    calls.ask(services.metrics().listUnitOwners(ListUnitOwnersRequest.newBuilder().setRun(run.getName()).setLayer(layer)
        .setLayerMem(layerMem.getName()).setPageSize(OWNERS).build()), answer -> {
          DataTable<UnitOwner> table = new DataTable<UnitOwner>("No image owns a unit.")
              .component("Image", owner -> image(run, owner.getImageId()))
              .text("Part", owner -> owner.getSubset().isEmpty() ? "not measured" : owner.getSubset())
              .figure("Units", owner -> Numbers.count(owner.getUnits()))
              .figure("Highest UnitMem", owner -> Numbers.score(owner.getMaxUnitMem()))
              .figure("SSLMem", owner -> owner.hasSslmem() ? Numbers.score(owner.getSslmem()) : "–");
          table.setItems(answer.getOwnersList());
          add(new Section("Images that own most of these units", table));
          showProbe(run, layerMem);
        });
  }

  /** To the image in the memory map of the encoder that was measured: its score by depth and its units in all layers. */
  private Anchor image(Run run, long image) {
    String encoder = run.getSpec().getUnitMem().getReference() ? runs.pair().getReference() : runs.pair().getCandidate();
    Anchor link = new Anchor("encoders/" + Names.id(encoder) + "/map?image=" + image, String.valueOf(image));
    link.setRouterIgnore(false);
    return link;
  }

  private void showProbe(Run run, Run layerMem) {
    runs.results(Kind.PROBE).stream().filter(probe -> probe.getSpec().getProbe().getLayersCount() > 0).findFirst().ifPresent(probe ->
        calls.ask(services.metrics().getProbeAlignment(GetProbeAlignmentRequest.newBuilder().setRun(layerMem.getName()).setProbe(probe.getName())
            .setUnitMem(run.getName()).build()), alignment -> add(probed(layerMem, alignment))));
  }

  private static Component probed(Run layerMem, ProbeAlignment alignment) {
    Figure figure = new Figure("Memorization and probe accuracy by depth").tall("24rem");
    figure.show(AlignmentFigure.probes(Names.id(layerMem.getName()) + "-probes", alignment));
    return new Section("Memorization and usefulness, by depth", figure).explain("LayerMem at the left, accuracy of the linear probe at the right. "
        + "Spearman's rho over layers " + words(alignment.hasLayerMemSpearman(), alignment.getLayerMemSpearman())
        + ": both rise with depth in most networks, which alone makes it high.");
  }

  private static String words(boolean there, RankAgreement agreement) {
    return there ? Numbers.score(agreement.getValue()) + " (p " + Numbers.probability(agreement.getP()) + ")" : "not defined";
  }

  private static Span warning(String text) {
    Span words = new Span(text);
    words.addClassName("warning-line");
    return words;
  }
}
