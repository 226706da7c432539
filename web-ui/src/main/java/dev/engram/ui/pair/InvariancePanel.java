package dev.engram.ui.pair;

import dev.engram.ui.chart.Figure;
import dev.engram.ui.chart.InvarianceFigure;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.GetInvarianceResultRequest;
import dev.engram.v1.InvarianceResult;
import dev.engram.v1.LayerInvariance;
import dev.engram.v1.MeanInterval;
import dev.engram.v1.OperationInvariance;
import dev.engram.v1.Run;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** What an encoder does not notice: how far each augmentation operation moves images by depth, and whether candidates are moved less. */
final class InvariancePanel extends ResultPanel<InvarianceResult> {
  private static final List<String> SUBSETS = List.of("candidate", "shared", "independent", "external");

  InvariancePanel(Services services, PairRuns runs, UrlState url) {
    super(Kind.INVARIANCE, services, runs, url);
  }

  @Override
  Uni<InvarianceResult> result(String run) {
    return services.metrics().getInvarianceResult(GetInvarianceResultRequest.newBuilder().setRun(run).build());
  }

  @Override
  void show(Run run, InvarianceResult result) {
    List<String> points = InvarianceFigure.points(result);
    String usualPoint = points.contains("add") ? "add" : points.getFirst();
    String point = chosen("point", points, usualPoint);
    String subset = chosen("subset", SUBSETS, SUBSETS.getFirst());
    List<String> operations = result.getOperationsList().stream().map(OperationInvariance::getOperation).toList();
    String operation = chosen("operation", operations, operations.getLast());
    OperationInvariance one = result.getOperations(operations.indexOf(operation));
    String name = Names.id(run.getName());

    Figure all = new Figure("How far each augmentation operation moves images in f, by depth").tall("22rem");
    all.show(InvarianceFigure.byOperation(name + "-invariance-" + subset + "-" + point, result, subset, point));
    Figure beside = new Figure("One operation in f and g, on candidates and on external images, by depth").tall("20rem");
    beside.show(InvarianceFigure.candidates(name + "-invariance-" + operation + "-" + point, one, point));
    add(choices(run, choice("Measured at", "point", points, point, usualPoint), choice("Images", "subset", SUBSETS, subset, SUBSETS.getFirst())),
        new Section("Distance by operation", all).explain("Mean cosine distance between an image and the image after one operation alone, in f; 0 is "
            + "invariant. " + Numbers.count(result.getDraws(), "draw") + " of each operation an image."),
        new Section("Are candidates moved less?", beside, table(one, point)).explain("The same operation in both encoders. Where f moves its "
                + "candidates less than external images and g does not, f has learned the invariance of these images by heart.")
            .actions(choice("Operation", "operation", operations, operation, operations.getLast())));
  }

  private static DataTable<LayerInvariance> table(OperationInvariance operation, String point) {
    DataTable<LayerInvariance> table = new DataTable<LayerInvariance>("There are no candidates or no external images.")
        .text("Layer", LayerInvariance::getLayer)
        .figure("Candidates − external, f", layer -> interval(layer.getBeyondF()))
        .figure("Candidates − external, g", layer -> interval(layer.getBeyondG()));
    table.setItems(operation.getLayersList().stream().filter(layer -> layer.getPoint().equals(point) && layer.hasBeyondF()).toList());
    return table;
  }

  private static String interval(MeanInterval interval) {
    return Numbers.score(interval.getMean()) + " (" + Numbers.score(interval.getCiLow()) + " to " + Numbers.score(interval.getCiHigh()) + ")";
  }
}
