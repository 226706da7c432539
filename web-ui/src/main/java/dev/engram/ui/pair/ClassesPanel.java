package dev.engram.ui.pair;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.engram.ui.chart.ClassMemFigure;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.ClassLayerSummary;
import dev.engram.v1.ClassMemResult;
import dev.engram.v1.ClassUnit;
import dev.engram.v1.GetClassMemResultRequest;
import dev.engram.v1.GetDatasetRequest;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import java.util.List;
import java.util.Optional;

/** Which units one class drives: how ClassMem is distributed in each layer, and the units of one layer that a class owns. */
final class ClassesPanel extends Div {
  private final Services services;
  private final PairRuns runs;
  private final UrlState url;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "metrics", notice::show);

  ClassesPanel(Services services, PairRuns runs, UrlState url) {
    this.services = services;
    this.runs = runs;
    this.url = url;
    addClassName("stack");
    add(notice);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    Optional<Run> run = runs.result(RunSpec.TaskCase.CLASS_MEM, url.get("run"));
    if (run.isEmpty()) {
      add(new NothingYet(runs, RunSpec.TaskCase.CLASS_MEM));
      return;
    }
    calls.ask(services.metrics().getClassMemResult(GetClassMemResultRequest.newBuilder().setRun(run.get().getName()).build()),
        result -> calls.ask(services.datasets().getDataset(GetDatasetRequest.newBuilder().setName(runs.pair().getDataset()).build()),
            dataset -> show(run.get(), result, dataset.getSummary().getClassNamesList())));
  }

  private void show(Run run, ClassMemResult result, List<String> classes) {
    List<String> points = result.getLayersList().stream().map(ClassLayerSummary::getPoint).distinct().toList();
    String asked = url.get("point");
    String point = points.contains(asked) ? asked : points.contains("relu") ? "relu" : points.getFirst();
    List<ClassLayerSummary> layers = result.getLayersList().stream().filter(layer -> layer.getPoint().equals(point)).toList();
    List<String> names = layers.stream().map(ClassLayerSummary::getLayer).toList();
    String layer = names.contains(url.get("layer")) ? url.get("layer") : names.getLast();
    ClassLayerSummary summary = layers.get(names.indexOf(layer));

    Figure figure = new Figure("ClassMem of the units of each layer, beside their selectivity on unseen images").tall("22rem");
    figure.show(ClassMemFigure.of(Names.id(run.getName()) + "-classmem-" + point, layers));
    Div choices = new Div(new ResultChoice(runs.results(RunSpec.TaskCase.CLASS_MEM), run, url), choice("Measured at", points, point, "point"));
    choices.addClassName("filters");
    add(choices, new Section("ClassMem by layer", figure).explain("How much one class alone drives a unit, from 0 (none) to 1: on "
            + Numbers.count(result.getTrainingImages(), "training image") + " of " + result.getTrainingClasses() + " classes, and at the left on "
            + Numbers.count(result.getExternalImages(), "unseen image") + "."),
        new Section("Units that a class owns", table(summary, classes)).explain("The units with the highest ClassMem of the "
                + Numbers.count(summary.getUnits()) + " at " + layer + "; mean " + Numbers.score(summary.getClassMemMean()) + ", dead "
                + Numbers.count(summary.getDead()) + ".")
            .actions(choice("Layer", names, layer, "layer")));
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

  private Select<String> choice(String label, List<String> values, String value, String name) {
    Select<String> select = new Select<>();
    select.setLabel(label);
    select.setItems(values);
    select.setValue(value);
    select.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.with(name, change.getValue()).open();
      }
    });
    return select;
  }
}
