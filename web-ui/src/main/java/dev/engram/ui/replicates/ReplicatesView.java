package dev.engram.ui.replicates;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Route;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.chart.ReplicatesFigure;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.ResultView;
import dev.engram.ui.run.RunTable;
import dev.engram.v1.GetReplicatesResultRequest;
import dev.engram.v1.GetRunRequest;
import dev.engram.v1.ReplicatedFigure;
import dev.engram.v1.ReplicatesResult;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An experiment with several seeds: how far each seed is; when all are done, every measure with its spread over the seeds. */
@Route("replicates/:run")
public class ReplicatesView extends ResultView {
  private static final Set<String> POINTS = Set.of("conv", "linear", "add", "");
  private static final List<String> SUBSETS = List.of("candidate", "shared", "independent", "external");

  private final RunTable measures = new RunTable("No measures.");

  @Inject
  public ReplicatesView(Services services) {
    super(services, Kind.REPLICATES.service(), "Replicates");
  }

  @Override
  protected void show(Run run) {
    content().removeAll();
    int seeds = run.getSpec().getReplicates().getReplicatesCount();
    describe(Numbers.count(seeds, "seed") + ", " + Numbers.count(run.getDependenciesCount(), "measure"), Links.to(name(), "Run"));
    Section state = new Section("Measures", measures);
    calls().ask(Multi.createFrom().iterable(run.getDependenciesList()).onItem()
        .transformToUniAndConcatenate(one -> services().runs().getRun(GetRunRequest.newBuilder().setName(one).build())).collect().asList(), measures::show);
    if (run.getState() != Run.State.SUCCEEDED) {
      content().add(state.explain("The figures come when all of these have succeeded. Each is a run of its own: cancelling this one leaves them."));
      return;
    }
    calls().ask(services().metrics().getReplicatesResult(GetReplicatesResultRequest.newBuilder().setRun(name()).build()), result -> {
      show(result);
      content().add(state.explain("What was brought together."));
    });
  }

  private void show(ReplicatesResult result) {
    result.getWarningsList().forEach(warning -> {
      Span words = new Span(warning);
      words.addClassName("warning-line");
      content().add(words);
    });
    for (RunSpec.TaskCase measure : List.of(RunSpec.TaskCase.LAYER_MEM, RunSpec.TaskCase.UNIT_MEM, RunSpec.TaskCase.CLASS_MEM, RunSpec.TaskCase.PROBE)) {
      List<ReplicatedFigure> figures = of(result, measure).stream().filter(figure -> POINTS.contains(figure.getPoint())).toList();
      if (!figures.isEmpty()) {
        content().add(byDepth(result, Kind.of(measure), figures));
      }
    }
    List<ReplicatedFigure> leaks = of(result, RunSpec.TaskCase.DEJA_VU);
    if (!leaks.isEmpty()) {
      content().add(new Section(Kind.DEJA_VU.title(), table(result, leaks)));
    }
    if (result.getAgreementCount() > 0) {
      Figure figure = new Figure("Agreement of trainings by different seeds, by depth").tall("22rem");
      figure.show(ReplicatesFigure.agreement(Names.id(name()) + "-agreement",
          result.getAgreementList().stream().filter(row -> POINTS.contains(row.getPoint())).toList()));
      content().add(new Section("Do trainings by different seeds memorize the same images?", figure).explain((ReplicatesFigure.tells(result.getAgreementList())
          ? "The " + result.getAgreement(0).getTop() + " most memorized of " + Numbers.count(result.getAgreement(0).getImages(), "candidate") + ", and "
          : "") + "Kendall's tau of all candidates, over all pairs of seeds; bands reach from the least to the most."));
    }
  }

  private static List<ReplicatedFigure> of(ReplicatesResult result, RunSpec.TaskCase measure) {
    return result.getFiguresList().stream().filter(figure -> figure.getMeasure().equals(Kind.of(measure).filter())).toList();
  }

  private Component byDepth(ReplicatesResult result, Kind kind, List<ReplicatedFigure> figures) {
    List<String> all = ReplicatesFigure.quantities(figures);
    List<String> drawn = new ArrayList<>(kind == Kind.LAYER_MEM ? all.stream().filter(SUBSETS::contains).toList()
        : all.stream().filter(quantity -> !quantity.contains(" - ")).toList());
    Figure figure = new Figure(kind.title() + " by depth over all seeds").tall("22rem");
    figure.show(ReplicatesFigure.byDepth(Names.id(name()) + "-" + kind.filter(), result, figures, drawn));
    String last = figures.getLast().getLayer();
    return new Section(kind.title(), figure, table(result, figures.stream().filter(one -> one.getLayer().equals(last)).toList()))
        .explain("Means over " + Numbers.count(result.getSeedsCount(), "seed") + "; bands are 95 % intervals of the mean by Student's t. Below: " + last + ".");
  }

  /** A quantity of a measure as the other figures call it. */
  static String words(String quantity) {
    return switch (quantity) {
      case "delta_conv" -> "ΔLayerMem, from the previous convolution";
      case "delta_module" -> "ΔLayerMem, from the previous module";
      default -> quantity.replace(" - ", " − ").replace('_', ' ');
    };
  }

  private static DataTable<ReplicatedFigure> table(ReplicatesResult result, List<ReplicatedFigure> figures) {
    DataTable<ReplicatedFigure> table = new DataTable<ReplicatedFigure>("No figures.")
        .text("Quantity", figure -> (figure.getMeasure().equals("deja_vu") ? "crop " + figure.getLayer() + ", " : "") + words(figure.getQuantity()))
        .figure("Mean", figure -> Numbers.score(figure.getMean()))
        .figure("Std", figure -> Numbers.score(figure.getStd()))
        .figure("95 % interval", figure -> Numbers.score(figure.getCiLow()) + " to " + Numbers.score(figure.getCiHigh()));
    for (int i = 0; i < result.getSeedsCount(); i++) {
      int seed = i;
      table.figure("Seed " + result.getSeeds(i), figure -> Numbers.score(figure.getValues(seed)));
    }
    table.setItems(figures);
    return table;
  }
}
