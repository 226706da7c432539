package dev.engram.ui.pair;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import dev.engram.ui.chart.AgreementFigure;
import dev.engram.ui.chart.AgreementFigure.Shown;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.Agreement;
import dev.engram.v1.GetAgreementRequest;
import dev.engram.v1.LayerAgreement;
import dev.engram.v1.ListRunsRequest;
import dev.engram.v1.Run;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whether layers memorize the same images, and whether another training does: overlap of the most memorized and Kendall's tau. */
final class AgreementPanel extends ResultPanel<Agreement> {
  private static final int MOST = 200;
  private static final int ROW_PIXELS = 22;
  private static final int LEAST_PIXELS = 360;

  AgreementPanel(Services services, PairRuns runs, UrlState url) {
    super(Kind.LAYER_MEM, services, runs, url);
  }

  @Override
  Uni<Agreement> result(String run) {
    GetAgreementRequest.Builder request = GetAgreementRequest.newBuilder().setRun(run).setTop(url.number("top").orElse(0));
    if (!url.get("other").isEmpty()) {
      request.setOtherRun("runs/" + url.get("other"));
    }
    return services.metrics().getAgreement(request.build());
  }

  @Override
  void show(Run run, Agreement agreement) {
    Div others = new Div();
    add(choices(run, others));
    calls.ask(services.runs().listRuns(ListRunsRequest.newBuilder().setFilter("kind = layer_mem AND state = SUCCEEDED").setPageSize(MOST).build()),
        answer -> others.add(other(run, answer.getRunsList())));
    agreement.getWarningsList().forEach(warning -> {
      Span words = new Span(warning);
      words.addClassName("warning-line");
      add(words);
    });
    if (url.get("other").isEmpty()) {
      showLayers(run, agreement);
    } else {
      showTrainings(run, agreement);
    }
  }

  private void showLayers(Run run, Agreement agreement) {
    List<String> titles = Arrays.stream(Shown.values()).map(Shown::title).toList();
    String title = chosen("show", titles, Shown.TAU.title());
    Figure map = new Figure("Agreement of every layer with every other").tall(Math.max(LEAST_PIXELS, ROW_PIXELS * agreement.getLayersCount() + 120) + "px");
    map.show(AgreementFigure.map(Names.id(run.getName()) + "-agreement", agreement, Shown.values()[titles.indexOf(title)]));
    add(new Section("Do layers memorize the same images?", map).explain(words(agreement) + " Neighbors agree where a layer only passes on what the one before it keeps.")
        .actions(choice("Shown", "show", titles, title, Shown.TAU.title())), new Section("Neighbors", table(agreement, true)));
  }

  private void showTrainings(Run run, Agreement agreement) {
    Figure depth = new Figure("Agreement of each layer with the same layer of the other training").tall("22rem");
    depth.show(AgreementFigure.byDepth(Names.id(run.getName()) + "-agreement-" + url.get("other"), agreement));
    add(new Section("Do the two trainings memorize the same images?", depth).explain(words(agreement)), new Section("Layer by layer", table(agreement, false)));
  }

  private static String words(Agreement agreement) {
    return "The " + agreement.getTop() + " most memorized of " + Numbers.count(agreement.getImages(), "candidate")
        + " of each layer, and Kendall's tau-b of all their scores. Over the union of the top sets tau is lower, even below 0 for layers that have nothing "
        + "to do with each other, because both rankings chose these images.";
  }

  private static DataTable<LayerAgreement> table(Agreement agreement, boolean neighbors) {
    DataTable<LayerAgreement> table = new DataTable<LayerAgreement>("There are no two layers to compare.")
        .text("Layer", pair -> agreement.getLayers(pair.getFirst()).getLayer())
        .text(neighbors ? "and the next" : "the other's", pair -> agreement.getLayers(pair.getSecond()).getLayer())
        .figure("Overlap", pair -> Numbers.percent(pair.getOverlap()))
        .figure("tau", pair -> Numbers.score(pair.getTau()))
        .figure("p", pair -> Numbers.probability(pair.getP()))
        .figure("tau, union", pair -> Numbers.score(pair.getTauUnion()))
        .figure("Images in the union", pair -> Numbers.count(pair.getUnion()));
    table.setItems(agreement.getPairsList().stream().filter(pair -> !neighbors || pair.getSecond() == pair.getFirst() + 1).toList());
    return table;
  }

  private Select<String> other(Run run, List<Run> layerMems) {
    List<String> ids = new ArrayList<>(List.of(""));
    layerMems.stream().map(one -> Names.id(one.getName())).filter(id -> !id.equals(Names.id(run.getName()))).forEach(ids::add);
    Select<String> select = choice("Compared with", "other", ids, ids.contains(url.get("other")) ? url.get("other") : "", "");
    select.setItemLabelGenerator(id -> id.isEmpty() ? "its own layers" : id);
    return select;
  }
}
