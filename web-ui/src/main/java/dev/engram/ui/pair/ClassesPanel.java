package dev.engram.ui.pair;

import dev.engram.ui.chart.ClassMemFigure;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.ClassLayerSummary;
import dev.engram.v1.ClassMemResult;
import dev.engram.v1.ClassUnit;
import dev.engram.v1.GetClassMemResultRequest;
import dev.engram.v1.GetDatasetRequest;
import dev.engram.v1.Run;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Which units one class drives: how ClassMem is distributed in each layer, and the units of one layer that a class owns. */
final class ClassesPanel extends ResultPanel<ClassMemResult> {

  ClassesPanel(Services services, PairRuns runs, UrlState url) {
    super(Kind.CLASS_MEM, services, runs, url);
  }

  @Override
  Uni<ClassMemResult> result(String run) {
    return services.metrics().getClassMemResult(GetClassMemResultRequest.newBuilder().setRun(run).build());
  }

  @Override
  void show(Run run, ClassMemResult result) {
    calls.ask(services.datasets().getDataset(GetDatasetRequest.newBuilder().setName(runs.pair().getDataset()).build()),
        dataset -> show(run, result, dataset.getSummary().getClassNamesList()));
  }

  private void show(Run run, ClassMemResult result, List<String> classes) {
    List<String> points = result.getLayersList().stream().map(ClassLayerSummary::getPoint).distinct().toList();
    String point = chosen("point", points, usualPoint(points));
    List<ClassLayerSummary> layers = result.getLayersList().stream().filter(layer -> layer.getPoint().equals(point)).toList();
    List<String> names = layers.stream().map(ClassLayerSummary::getLayer).toList();
    String layer = chosen("layer", names, names.getLast());
    ClassLayerSummary summary = layers.get(names.indexOf(layer));

    Figure figure = new Figure("ClassMem of the units of each layer, beside their selectivity on unseen images").tall("22rem");
    figure.show(ClassMemFigure.of(Names.id(run.getName()) + "-classmem-" + point, layers));
    add(choices(run, choice("Measured at", "point", points, point, usualPoint(points), "layer")),
        new Section("ClassMem by layer", figure).explain("How much one class alone drives a unit, from 0 (none) to 1: on "
            + Numbers.count(result.getTrainingImages(), "training image") + " of " + result.getTrainingClasses() + " classes, and at the left on "
            + Numbers.count(result.getExternalImages(), "unseen image") + "."),
        new Section("Units that a class owns", table(summary, classes)).explain("The units with the highest ClassMem of the "
                + Numbers.count(summary.getUnits()) + " at " + layer + "; mean " + Numbers.score(summary.getClassMemMean()) + ", dead "
                + Numbers.count(summary.getDead()) + ".")
            .actions(choice("Layer", "layer", names, layer, names.getLast())));
  }

  private static DataTable<ClassUnit> table(ClassLayerSummary layer, List<String> classes) {
    DataTable<ClassUnit> table = new DataTable<ClassUnit>("The layer has no unit.")
        .figure("Unit", unit -> Numbers.count(unit.getUnit()))
        .figure("ClassMem", unit -> Numbers.score(unit.getClassMem()))
        .text("Class", unit -> name(classes, unit.getClassIndex()))
        .figure("Selectivity, unseen", unit -> Numbers.score(unit.getSelectivity()))
        .text("Class, unseen", unit -> name(classes, unit.getSelectivityClassIndex()));
    table.setItems(layer.getTopUnitsList());
    return table;
  }

  /** A unit that no class drives has none. */
  private static String name(List<String> classes, int index) {
    return index < 0 ? "none" : index < classes.size() ? classes.get(index) : String.valueOf(index);
  }
}
