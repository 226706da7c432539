package dev.engram.ui.pair;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.chart.LayerMemFigure;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.GetLayerMemResultRequest;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.LayerScore;
import dev.engram.v1.Run;
import dev.engram.v1.SubsetTest;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Which layers memorize: LayerMem by depth, what each layer adds, and the tests. */
final class LayersPanel extends ResultPanel<LayerMemResult> {

  LayersPanel(Services services, PairRuns runs, UrlState url) {
    super(Kind.LAYER_MEM, services, runs, url);
  }

  @Override
  Uni<LayerMemResult> result(String run) {
    return services.metrics().getLayerMemResult(GetLayerMemResultRequest.newBuilder().setRun(run).build());
  }

  @Override
  void show(Run run, LayerMemResult result) {
    boolean all = url.get("points").equals("all");
    List<LayerScore> rows = LayerMemFigure.rows(result, all);
    String name = Names.id(run.getName());
    Figure beyond = new Figure("LayerMem of the candidates beyond external and shared images, by depth").tall("22rem");
    beyond.show(LayerMemFigure.beyond(name + "-layermem-beyond", rows));
    Figure depth = new Figure("LayerMem by depth, one line for each subset").tall("24rem");
    depth.show(LayerMemFigure.byDepth(name + "-layermem", rows));
    Figure deltas = new Figure("What each layer adds to LayerMem").tall("16rem");
    deltas.show(LayerMemFigure.deltas(name + "-delta-layermem", rows, all));
    boolean differences = rows.stream().anyMatch(row -> row.getDifferencesCount() > 0);
    if (!differences) {
      beyond.setVisible(false);
    }
    add(choices(run, points(all)),
        new Section("What the candidates have beyond images nobody saw", beyond).explain(differences
            ? "LayerMem of the candidates minus that of external points, by depth, with its 95 % interval: where the band is above 0, the "
                + "layer keeps single images. A level that all subsets share is a difference of the two trainings and falls out."
            : "This result was made before differences were measured with their intervals: start LayerMem anew to see them."),
        new Section("LayerMem by depth", depth, degenerate(rows)).explain("How much closer f brings " + compared(result) + " than g does, "
            + scale(result) + "; bands are 95 % intervals over images. " + Numbers.count(result.getViews(), "view") + " an image."),
        new Section("ΔLayerMem of the candidates", deltas).explain(all
            ? "What each row adds to the row before it." : "What each convolution or residual sum adds to the one before it."),
        new Section("Do candidates stand out?", tests(result)).explain(
            "SSLMem, the last layer's score, of one subset against another: Student's t, Welch's p beside it, Cohen's d as effect."));
  }

  private static String compared(LayerMemResult result) {
    return result.getCompared() == LayerMemSpec.Compared.ORIGINAL ? "an image and a view of it" : "two views of an image";
  }

  private static String scale(LayerMemResult result) {
    return result.getNormalization() == LayerMemSpec.Normalization.RANGE
        ? "divided by the range of this run's images at each layer: it compares with no other run" : "from −1 to 1";
  }

  private static Component degenerate(List<LayerScore> rows) {
    List<String> degenerate = LayerMemFigure.degenerate(rows);
    Span words = new Span(degenerate.isEmpty() ? "Degenerate images (both distances 0, counted with score 0): none."
        : "Degenerate images (both distances 0, counted with score 0): " + String.join("; ", degenerate) + ".");
    words.addClassName("quiet");
    return words;
  }

  private Select<Boolean> points(boolean all) {
    Select<Boolean> points = new Select<>();
    points.setLabel("Rows");
    points.setItems(false, true);
    points.setItemLabelGenerator(value -> value ? "Every module" : "Convolutions and sums");
    points.setWidth("14rem");
    points.setValue(all);
    points.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.with("points", change.getValue() ? "all" : "").open();
      }
    });
    return points;
  }

  private static DataTable<SubsetTest> tests(LayerMemResult result) {
    DataTable<SubsetTest> table = new DataTable<SubsetTest>("No tests were made.")
        .text("Subset", test -> test.getSubset().isEmpty() ? "candidate" : test.getSubset())
        .text("Against", SubsetTest::getAgainst)
        .text("Alternative", SubsetTest::getAlternative)
        .figure("Difference", test -> Numbers.score(test.getDifference()))
        .figure("t", test -> Numbers.significant(Math.round(test.getT() * 100) / 100.0))
        .figure("p", test -> Numbers.probability(test.getP()))
        .figure("Welch's p", test -> Numbers.probability(test.getWelchP()))
        .figure("d", test -> Numbers.score(test.getEffect()));
    table.setItems(result.getSslmemTestsList());
    return table;
  }
}
