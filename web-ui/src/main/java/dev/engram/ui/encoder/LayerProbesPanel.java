package dev.engram.ui.encoder;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.engram.ui.chart.CorruptionFigure;
import dev.engram.ui.chart.FeatureFigure;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.chart.ProbeFigure;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.Section;
import dev.engram.ui.data.SplitWords;
import dev.engram.ui.form.Corruptions;
import dev.engram.ui.form.Fields;
import dev.engram.ui.form.NamesField;
import dev.engram.ui.form.RequestIds;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.CreateProbeRequest;
import dev.engram.v1.EncoderDescription;
import dev.engram.v1.GetPairRequest;
import dev.engram.v1.GetProbeResultRequest;
import dev.engram.v1.GetRunRequest;
import dev.engram.v1.ListSplitsRequest;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.Run;
import dev.engram.v1.Split;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the layers of an encoder know: its probes by layer as a figure, and a form that starts another. */
final class LayerProbesPanel extends Div {
  private final Services services;
  private final EncoderDescription encoder;
  private final UrlState url;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "trainer", notice::show);
  private final Div result = new Div();
  private final Fields fields = new Fields();
  private final NamesField layers = fields.layers("layers", "Layers beside the output", Set.of("*"), "none: the output alone; layers of the projector can be typed");
  private final IntegerField k = fields.whole("k", "Neighbors of the kNN probe", 20, "1 to the public set's size");
  private final ComboBox<Split> split = fields.pick("split", "Split", List.of(), SplitWords::probed, "learns on its public set, scored on its external points");
  private final MultiSelectComboBox<String> corruptions =
      fields.several("corruptions", "Also on corrupted images", Corruptions.ALL, Set.of(), "in five severities");
  private final Checkbox statistics = fields.check("statistics", "RankMe, sparsity, binarized features", false);
  private final RequestIds ids = new RequestIds();
  private final ErrorNotice refusal = new ErrorNotice();
  private final Button start = new Button("Start the probe", _ -> start());

  LayerProbesPanel(Services services, EncoderDescription encoder, UrlState url) {
    this.services = services;
    this.encoder = encoder;
    this.url = url;
    addClassName("stack");
    result.addClassName("stack");
    layers.offerLayers(encoder.getArchitecture());
    corruptions.setItemLabelGenerator(Corruptions::words);
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    add(notice, result, new Section("Probe it", fields, refusal, new Div(start)).explain(
        "A linear and a kNN probe of frozen features at each layer; an activation with positions is averaged over them."));
  }

  @Override
  protected void onAttach(AttachEvent event) {
    calls.ask(services.datasets().listSplits(ListSplitsRequest.newBuilder().setPageSize(1000).build()), answer -> {
      List<Split> probed = SplitWords.withPublicSet(answer.getSplitsList());
      split.setItems(probed);
      probed.stream().filter(one -> encoder.getSplit().isEmpty() || one.getName().equals(encoder.getSplit()))
          .findFirst().ifPresent(split::setValue);
    });
    calls.ask(probes(), this::showNewest);
  }

  /** The runs that probed this encoder, newest first. */
  private Uni<List<Run>> probes() {
    return Multi.createFrom().iterable(encoder.getUsedByList())
        .onItem().transformToUni(name -> services.runs().getRun(GetRunRequest.newBuilder().setName(name).build())
            .onFailure().recoverWithNull()).concatenate()
        .select().where(run -> run.getSpec().hasProbe()).collect().asList();
  }

  private void showNewest(List<Run> runs) {
    List<Run> done = runs.stream().filter(run -> run.getState() == Run.State.SUCCEEDED).toList();
    if (done.isEmpty()) {
      result.add(new Section("Probes by layer", new Paragraph("No probe of this encoder has ended yet.")));
      return;
    }
    Run shown = done.stream().filter(run -> Names.id(run.getName()).equals(url.get("run"))).findFirst().orElse(done.getFirst());
    String pair = shown.getSpec().getProbe().getPair();
    if (pair.isEmpty()) {
      ask(shown, done, "encoder");
      return;
    }
    calls.ask(services.trainer().getPair(GetPairRequest.newBuilder().setName(pair).build()),
        found -> ask(shown, done, found.getCandidate().equals(encoder.getName()) ? "f" : "g"));
  }

  private void ask(Run run, List<Run> all, String role) {
    calls.ask(services.trainer().getProbeResult(GetProbeResultRequest.newBuilder().setRun(run.getName()).build()), answer -> {
      List<ProbeResult.Accuracy> mine = answer.getAccuraciesList().stream().filter(one -> one.getEncoder().equals(role)).toList();
      result.removeAll();
      result.add(show(run, all, answer, mine));
      statistics(run, byDepth(mine)).ifPresent(result::add);
      corrupted(run, mine, answer.getCorruptedList().stream().filter(one -> one.getEncoder().equals(role)).toList(), answer).ifPresent(result::add);
    });
  }

  private Section show(Run run, List<Run> all, ProbeResult answer, List<ProbeResult.Accuracy> mine) {
    List<ProbeResult.Accuracy> byDepth = byDepth(mine);
    DataTable<ProbeResult.Accuracy> table = new DataTable<ProbeResult.Accuracy>("The probe has no figures of this encoder.")
        .text("Layer", ProbeResult.Accuracy::getLayer)
        .figure("Features", one -> one.getWidth() == 0 ? "" : Numbers.count(one.getWidth()))
        .figure("Linear", one -> Numbers.percent(one.getLinear()))
        .figure("on its training images", one -> Numbers.percent(one.getLinearTrain()))
        .figure("kNN, k = " + answer.getK(), one -> Numbers.percent(one.getKnn()));
    table.setItems(byDepth);
    Section section = new Section("Probes by layer").explain("Top-1 accuracy on " + Numbers.count(answer.getTestImages(), "image")
        + " of " + Numbers.count(answer.getClasses(), "class").replace("classs", "classes") + ", learned on "
        + Numbers.count(answer.getTrainImages(), "image") + (answer.getSplit().isEmpty() ? "." : " of " + Names.id(answer.getSplit()) + ", on "
        + Names.id(answer.getDataset()) + "."));
    if (byDepth.size() > 1) {
      Figure figure = new Figure("Accuracy of probes by layer").tall("20rem");
      figure.show(ProbeFigure.of(Names.id(run.getName()), byDepth));
      section.append(figure);
    }
    section.append(table);
    section.actions(all.size() == 1 ? Links.to(run.getName()) : choice(run, all));
    return section;
  }

  /** The layers in the network's order: those of the encoder, its output, those of the projector behind it. */
  static List<ProbeResult.Accuracy> byDepth(List<ProbeResult.Accuracy> mine) {
    return mine.stream().sorted(Comparator.comparingInt(one -> one.getLayer().startsWith("projector") ? 2 : one.getLayer().equals("output") ? 1 : 0))
        .toList();
  }

  /** What is used of the features, if it was asked for. */
  private static Optional<Section> statistics(Run run, List<ProbeResult.Accuracy> byDepth) {
    if (byDepth.stream().noneMatch(ProbeResult.Accuracy::hasRankMe)) {
      return Optional.empty();
    }
    Figure figure = new Figure("What is used of the features of each layer").tall("20rem");
    figure.show(FeatureFigure.of(Names.id(run.getName()) + "-features", byDepth));
    DataTable<ProbeResult.Accuracy> table = new DataTable<ProbeResult.Accuracy>("")
        .text("Layer", ProbeResult.Accuracy::getLayer)
        .figure("Features", one -> Numbers.count(one.getWidth()))
        .figure("RankMe", one -> Numbers.significant(Math.round(one.getRankMe() * 10) / 10.0))
        .figure("above 0", one -> Numbers.percent(one.getActive()))
        .figure("Images with half at 0", one -> Numbers.percent(one.getHalfZero()))
        .figure("Linear, binarized", one -> Numbers.percent(one.getLinearBinarized()));
    table.setItems(byDepth);
    return Optional.of(new Section("Features by layer", figure, table).explain("RankMe: how many directions the features use. Sparsity: how many are "
        + "above 0 for an image. Binarized: a linear probe that only sees which are."));
  }

  /** Accuracy on corrupted images, if it was asked for. */
  private Optional<Section> corrupted(Run run, List<ProbeResult.Accuracy> mine, List<ProbeResult.CorruptedAccuracy> rows, ProbeResult answer) {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = byDepth(mine).stream().map(ProbeResult.Accuracy::getLayer).toList();
    String layer = names.contains(url.get("layer")) ? url.get("layer") : names.contains("output") ? "output" : names.getLast();
    double clean = mine.stream().filter(one -> one.getLayer().equals(layer)).findFirst().map(ProbeResult.Accuracy::getLinear).orElse(Double.NaN);
    Figure figure = new Figure("Accuracy on corrupted images by severity").tall("20rem");
    figure.show(CorruptionFigure.of(Names.id(run.getName()) + "-corrupted", clean, rows.stream().filter(one -> one.getLayer().equals(layer)).toList()));
    Select<String> choice = new Select<>();
    choice.setLabel("Layer");
    choice.setItems(names);
    choice.setValue(layer);
    choice.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.with("layer", change.getValue()).open();
      }
    });
    return Optional.of(new Section("Under corruptions", figure).explain("The linear probe learned from clean images, on "
        + Numbers.count(answer.getCorruptedImages(), "held-out image") + " spoiled in five severities (Hendrycks and Dietterich, 2019).").actions(choice));
  }

  private Select<Run> choice(Run run, List<Run> all) {
    Select<Run> choice = new Select<>();
    choice.setLabel("Result of");
    choice.setItemLabelGenerator(one -> Names.id(one.getName()));
    choice.setItems(all);
    choice.setValue(run);
    choice.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.with("run", Names.id(change.getValue().getName())).open();
      }
    });
    return choice;
  }

  private void start() {
    fields.clear();
    refusal.clear();
    CreateProbeRequest request = CreateProbeRequest.newBuilder().setSpec(ProbeSpec.newBuilder().setEncoder(encoder.getName())
        .setSplit(split.getValue() == null ? "" : split.getValue().getName()).setK(Fields.or(k, 0)).addAllLayers(layers.chosen())
        .addAllCorruptions(Corruptions.ALL.stream().filter(corruptions.getValue()::contains).toList()).setStatistics(statistics.getValue())).build();
    start.setEnabled(false);
    calls.ask(services.trainer().createProbe(request.toBuilder().setRequestId(ids.of(request)).build()),
        run -> UI.getCurrent().navigate(Links.path(run.getRun())), this::refused);
  }

  private void refused(Failure failure) {
    start.setEnabled(true);
    refusal.show(new Failure(failure.code(), failure.message(), fields.show(failure.violations())));
  }
}
