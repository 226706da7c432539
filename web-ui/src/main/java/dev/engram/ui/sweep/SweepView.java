package dev.engram.ui.sweep;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Route;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.chart.SweepFigure;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.leak.Crops;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.ResultView;
import dev.engram.ui.run.RunTable;
import dev.engram.ui.shell.UrlChoice;
import dev.engram.v1.AttackSweepResult;
import dev.engram.v1.AttackSweepSpec;
import dev.engram.v1.Crop;
import dev.engram.v1.GetAttackSweepResultRequest;
import dev.engram.v1.GetRunRequest;
import dev.engram.v1.Run;
import dev.engram.v1.SweepPoint;
import dev.engram.v1.SweepTrend;
import dev.engram.v1.SweptTraining;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.util.List;

/** A sweep: how far each attack is; when all are done, accuracy against leak, and the leak along what differs. */
@Route("sweeps/:run")
public class SweepView extends ResultView {
  private final RunTable attacks = new RunTable("No attacks.");

  /** What is weighed together: the attack on all settings from one crop at one cut. */
  private record Adversary(Crop crop, String cut) {
    boolean made(SweepPoint point) {
      return point.getCrop().equals(crop) && point.getCut().equals(cut);
    }
  }

  @Inject
  public SweepView(Services services) {
    super(services, Kind.ATTACK_SWEEP.service(), "Sweep");
  }

  @Override
  protected void show(Run run) {
    content().removeAll();
    AttackSweepSpec spec = run.getSpec().getAttackSweep();
    describe((spec.getAxesCount() == 0 ? "" : "Over " + String.join(" and ", spec.getAxesList().stream().map(SweepFigure::words).toList()) + ": ")
        + Numbers.count(spec.getAttacksCount(), "attack"), Links.to(name(), "Run"));
    Section state = new Section("Attacks", attacks);
    calls().ask(Multi.createFrom().iterable(run.getDependenciesList()).onItem()
        .transformToUniAndConcatenate(one -> services().runs().getRun(GetRunRequest.newBuilder().setName(one).build())).collect().asList(), attacks::show);
    if (run.getState() != Run.State.SUCCEEDED) {
      content().add(state.explain("The figures come when all of these have succeeded. Each is a run of its own: cancelling this one leaves them."));
      return;
    }
    calls().ask(services().attack().getAttackSweepResult(GetAttackSweepResultRequest.newBuilder().setRun(name()).build()), result -> {
      show(result);
      content().add(state.explain("What was brought together."));
    });
  }

  private void show(AttackSweepResult result) {
    result.getWarningsList().forEach(warning -> {
      Span words = new Span(warning);
      words.addClassName("warning-line");
      content().add(words);
    });
    List<Adversary> adversaries = result.getPointsList().stream().map(point -> new Adversary(point.getCrop(), point.getCut())).distinct().toList();
    int index = Math.min(url().number("crop").orElse(0), adversaries.size() - 1);
    Adversary chosen = adversaries.get(index);
    if (adversaries.size() > 1) {
      content().add(new UrlChoice("Crop and cut", adversaries.stream().map(one -> Crops.words(one.crop()) + " · " + one.cut()).toList(), index, url(), "crop"));
    }
    List<SweepPoint> points = result.getPointsList().stream().filter(chosen::made).toList();
    String file = Names.id(name()) + (index == 0 ? "" : "-" + index);
    String over = points.getFirst().getTrainingsCount() > 1 ? "Intervals of 95 % are over trainings." : "Intervals of 95 % are over images, of one training each.";
    if (points.size() > 1 && points.stream().anyMatch(SweepPoint::hasProbeAccuracy)) {
      Figure front = new Figure("Accuracy of a linear probe against the déjà vu score, a point a setting").tall("26rem");
      front.show(SweepFigure.front(file + "-front", result, points));
      content().add(new Section("Accuracy against leak", front).explain("Right and low is better. On the front: no other setting is at least as accurate and "
          + "leaks no more. Behind: another is better in both by more than the intervals. " + over));
    }
    if (points.size() > 1) {
      Figure curve = new Figure("The score and the gap of the probe along " + SweepFigure.words(result.getAxes(0).getField())).tall("22rem");
      curve.show(SweepFigure.curve(file + "-curve", result, points));
      content().add(new Section("Along " + SweepFigure.words(result.getAxes(0).getField()), curve).explain("The leak beside what conventional evaluation "
          + "sees of it: how much better a linear probe is on training images than on others. Target and reference wait in the legend. " + over));
    }
    fractions(result, chosen, file);
    content().add(new Section("Settings", table(result, points)));
    List<SweepTrend> trends = result.getTrendsList().stream().filter(trend -> trend.getCut().equals(chosen.cut())
        && (trend.getAxis().equals(SweepFigure.CROP_FRACTION) || trend.getCrop().equals(chosen.crop()))).toList();
    if (!trends.isEmpty()) {
      content().add(new Section("Which way it goes", trends(trends)).explain("Spearman's rank correlation over single trainings, from −1 (falls) to 1 (rises); "
          + "three trainings in perfect order have p = 1/3. Sizes of a crop are of the same images and trainings, so they have none."));
    }
  }

  /** The score along the size of a corner, a line a setting. */
  private void fractions(AttackSweepResult result, Adversary chosen, String file) {
    List<SweepPoint> sizes = result.getPointsList().stream().filter(point -> point.getCut().equals(chosen.cut()) && point.getCrop().hasCorner()
        && chosen.crop().hasCorner() && point.getCrop().getCorner().getCorner() == chosen.crop().getCorner().getCorner()).toList();
    if (sizes.stream().map(SweepPoint::getCrop).distinct().count() > 1) {
      Figure figure = new Figure("The score along the size of the corner").tall("20rem");
      figure.show(SweepFigure.fractions(file + "-sizes", sizes));
      content().add(new Section("Along the size of the crop", figure).explain("The " + Crops.kind(chosen.crop()) + " corner: a larger one shows more of the object, "
          + "to the reference as well."));
    }
  }

  private static DataTable<SweepPoint> table(AttackSweepResult result, List<SweepPoint> points) {
    DataTable<SweepPoint> table = new DataTable<>("No settings.");
    for (int i = 0; i < result.getAxesCount(); i++) {
      int axis = i;
      table.text(SweepFigure.words(result.getAxes(i).getField()), point -> SweepFigure.value(point.getValues(axis)));
    }
    table.figure("Score", point -> Numbers.percent(point.getScore()))
        .figure("Target", point -> Numbers.percent(point.getTarget().getValue()))
        .figure("Reference", point -> Numbers.percent(point.getReference().getValue()))
        .figure("Memorized", point -> Numbers.percent(point.getMemorized().getValue()))
        .figure("Probe", point -> point.hasProbeAccuracy() ? Numbers.percent(point.getProbeAccuracy()) : "–")
        .figure("Gap", point -> point.hasProbeGap() ? Numbers.percent(point.getProbeGap().getValue()) : "–")
        .text("Standing", point -> SweepFigure.words(point.getStanding()))
        .component("From", SweepView::from);
    table.setItems(points);
    return table;
  }

  /** The attacks a setting's figures are from. */
  private static Div from(SweepPoint point) {
    Div links = new Div();
    links.addClassName("link-list");
    for (SweptTraining training : point.getTrainingsList()) {
      links.add(Links.to(training.getPair(), point.getTrainingsCount() == 1 ? "pair" : "seed " + training.getSeed()), Links.to(training.getRun(), "attack"));
    }
    return links;
  }

  private static DataTable<SweepTrend> trends(List<SweepTrend> trends) {
    DataTable<SweepTrend> table = new DataTable<SweepTrend>("No trends.")
        .text("Along", trend -> SweepFigure.words(trend.getAxis()))
        .text("With", trend -> trend.getOthersCount() == 0 ? "–" : String.join(", ", trend.getOthersList().stream().map(SweepFigure::value).toList()))
        .text("Figure", trend -> trend.getFigure().replace('_', ' '))
        .figure("ρ", trend -> Numbers.score(trend.getRho()))
        .figure("p", trend -> trend.hasP() ? Numbers.probability(trend.getP()) : "–")
        .figure("Of", trend -> Numbers.count(trend.getObservations()));
    table.setItems(trends);
    return table;
  }
}
