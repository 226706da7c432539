package dev.engram.ui.pair;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.chart.LossFigure;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Facts;
import dev.engram.ui.component.LinkList;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.Section;
import dev.engram.ui.component.SpecFacts;
import dev.engram.ui.encoder.EncoderWords;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.RunTable;
import dev.engram.v1.GetProbeResultRequest;
import dev.engram.v1.GetSplitRequest;
import dev.engram.v1.ListMetricSeriesRequest;
import dev.engram.v1.ListMetricSeriesResponse;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.Run;
import dev.engram.v1.Split;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How the pair was trained: both losses in one figure, recipe, split, probes, and all its runs. */
final class OverviewPanel extends Div {
  private static final Duration PAUSE = Duration.ofSeconds(4);

  private final Services services;
  private final PairRuns runs;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "trainer", notice::showRetrying);
  private final Figure loss = new Figure("Training loss of both encoders over steps").tall("18rem");
  private final RunTable trainings = new RunTable("");
  private final Section probes = new Section("Probes").explain(
      "Top-1 accuracy of probes on the output, frozen: trained on the public set, scored on external images.");
  private final Section split = new Section("Split");

  OverviewPanel(Services services, PairRuns runs) {
    this.services = services;
    this.runs = runs;
    addClassName("stack");
    probes.setVisible(false);
    split.setVisible(false);
    trainings.show(runs.trainings());
    RunTable measures = new RunTable("Nothing has been measured yet.");
    measures.show(runs.measures());
    Div columns = new Div(recipe(), new Div(split, probes));
    columns.addClassName("columns");
    columns.getChildren().skip(1).forEach(column -> column.getElement().getClassList().add("stack"));
    add(notice, new Section(runs.pair().hasRecipe() ? "Training" : "Its encoders", trainings, loss), columns, new Section("Measures and attacks", measures));
  }

  private Section recipe() {
    Section section = new Section("Recipe").actions(Links.to(runs.pair().getCandidate(), "Encoder f"), Links.to(runs.pair().getReference(), "Encoder g"));
    section.append(runs.pair().hasRecipe() ? SpecFacts.of(runs.pair().getRecipe())
        : new Paragraph("Not trained as a pair by one recipe (" + EncoderWords.recipeOf(runs.pair()) + "): what differs of f and g need not be memory."));
    return section;
  }

  @Override
  protected void onAttach(AttachEvent event) {
    calls.repeat(PAUSE, this::losses, this::showLosses);
    boolean training = runs.trainings().stream().anyMatch(run -> run.getState() == Run.State.RUNNING || run.getState() == Run.State.QUEUED);
    if (training) {
      calls.repeat(PAUSE, () -> PairRuns.find(services, runs.pair().getName()), now -> trainings.show(now.trainings()));
    }
    calls.ask(services.datasets().getSplit(GetSplitRequest.newBuilder().setName(runs.pair().getSplit()).build()), this::showSplit);
    runs.result(Kind.PROBE, "").ifPresent(run -> calls.ask(
        services.trainer().getProbeResult(GetProbeResultRequest.newBuilder().setRun(run.getName()).build()),
        result -> showProbes(run, result)));
  }

  private Uni<List<ListMetricSeriesResponse>> losses() {
    List<Uni<ListMetricSeriesResponse>> questions = runs.trainings().stream()
        .map(run -> services.runs().listMetricSeries(ListMetricSeriesRequest.newBuilder().setRun(run.getName()).build())).toList();
    return questions.isEmpty() ? Uni.createFrom().item(List.of())
        : Uni.join().all(questions).andFailFast();
  }

  private void showLosses(List<ListMetricSeriesResponse> answers) {
    notice.clear();
    List<LossFigure.Line> lines = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      boolean candidate = Names.id(runs.trainings().get(i).getName()).equals(Names.id(runs.pair().getCandidate()));
      answers.get(i).getSeriesList().stream().filter(series -> series.getName().equals("loss")).forEach(series ->
          lines.add(new LossFigure.Line(candidate ? "candidate f" : "reference g", candidate ? "f" : "g", series)));
    }
    loss.setVisible(!lines.isEmpty());
    loss.show(LossFigure.of(Names.id(runs.pair().getName()) + "-loss", "loss", lines));
  }

  private void showSplit(Split found) {
    Facts facts = new Facts();
    facts.add("Split", Links.to(found.getName())).add("Data set", Links.to(runs.pair().getDataset()));
    facts.add("Shared", Numbers.count(found.getSpec().getShared(), "image") + ", seen by f and g");
    facts.add("Candidate", Numbers.count(found.getSpec().getCandidate(), "image") + ", seen by f alone");
    facts.add("Independent", Numbers.count(found.getSpec().getIndependent(), "image") + ", seen by g alone");
    facts.add("External", Numbers.count(found.getSpec().getExternal(), "image") + ", seen by neither");
    facts.add("Public", Numbers.count(found.getSpec().getPublicSet(), "image") + ", labeled, known to the adversary");
    if (found.hasSummary()) {
      facts.add("Left out", Numbers.count(found.getSummary().getDuplicatesLeftOut(), "duplicate"));
      facts.add("Digest", Names.shortDigest(found.getSummary().getDigest()));
    }
    split.setContent(facts);
    split.setVisible(true);
  }

  private void showProbes(Run run, ProbeResult result) {
    DataTable<ProbeResult.Accuracy> table = new DataTable<ProbeResult.Accuracy>("")
        .text("Encoder", accuracy -> accuracy.getEncoder().equals("f") ? "candidate f" : "reference g")
        .figure("Linear", accuracy -> Numbers.percent(accuracy.getLinear()))
        .figure("on its training images", accuracy -> Numbers.percent(accuracy.getLinearTrain()))
        .figure("kNN, k = " + result.getK(), accuracy -> Numbers.percent(accuracy.getKnn()));
    table.setItems(outputs(result));
    probes.setContent(table);
    if (result.getAccuraciesCount() > outputs(result).size()) {
      probes.append(new LinkList(List.of(byLayer(runs.pair().getCandidate(), "f by layer"), byLayer(runs.pair().getReference(), "g by layer")), ""));
    }
    probes.actions(Links.to(run.getName()));
    probes.setVisible(true);
  }

  /** What the whole encoders are worth; their layers are shown on the pages of the encoders. */
  static List<ProbeResult.Accuracy> outputs(ProbeResult result) {
    return result.getAccuraciesList().stream().filter(accuracy -> accuracy.getLayer().equals("output")).toList();
  }

  private static Anchor byLayer(String encoder, String text) {
    Anchor link = new Anchor(Links.path(encoder) + "/probes", text);
    link.setRouterIgnore(false);
    return link;
  }
}
