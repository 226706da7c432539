package dev.engram.ui.trace;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Route;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.chart.TracedFigure;
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
import dev.engram.v1.GetRunRequest;
import dev.engram.v1.GetTracedPruningResultRequest;
import dev.engram.v1.ProbeState;
import dev.engram.v1.Run;
import dev.engram.v1.TracedCrop;
import dev.engram.v1.TracedGroup;
import dev.engram.v1.TracedLayer;
import dev.engram.v1.TracedProbe;
import dev.engram.v1.TracedPruningResult;
import dev.engram.v1.TracedPruningSpec;
import dev.engram.v1.TracedState;
import dev.engram.v1.TracedVariant;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** What an attack finds before and after the units of traced images are pruned, beside as many random units. */
@Route("traced-pruning/:run")
public class TracedPruningView extends ResultView {

  @Inject
  public TracedPruningView(Services services) {
    super(services, Kind.TRACED_PRUNING.service(), "Traced pruning");
  }

  @Override
  protected void show(Run run) {
    content().removeAll();
    TracedPruningSpec spec = run.getSpec().getTracedPruning();
    describe(Numbers.count(spec.getImagesCount(), "traced image") + ", " + Numbers.count(spec.getControlsCount(), "random control"),
        Links.to(name(), "Run"), Links.to(spec.getUnitMem(), "UnitMem"), attack(spec.getBefore(), "Attack before"));
    Section made = new Section("Encoders and attacks", variants(spec));
    if (run.getState() != Run.State.SUCCEEDED) {
      RunTable runs = new RunTable("No runs.");
      calls().ask(Multi.createFrom().iterable(run.getDependenciesList()).onItem()
          .transformToUniAndConcatenate(one -> services().runs().getRun(GetRunRequest.newBuilder().setName(one).build())).collect().asList(), runs::show);
      content().add(made, new Section("What it waits for", runs)
          .explain("The figures come when all of these have succeeded. Each is a run of its own: cancelling this one leaves them."));
      return;
    }
    calls().ask(services().attack().getTracedPruningResult(GetTracedPruningResultRequest.newBuilder().setRun(name()).build()), result -> {
      show(result);
      content().add(made);
    });
  }

  private void show(TracedPruningResult result) {
    result.getWarningsList().forEach(warning -> {
      Span words = new Span(warning);
      words.addClassName("warning-line");
      content().add(words);
    });
    int index = Math.min(url().number("crop").orElse(0), result.getCropsCount() - 1);
    TracedCrop crop = result.getCrops(index);
    Figure figure = new Figure("Accuracy of the encoder that saw the images, and the score, by group and state").tall("20rem");
    figure.show(TracedFigure.of(Names.id(name()) + "-traced", crop));
    content().add(new UrlChoice("Crop and cut", result.getCropsList().stream().map(one -> Crops.words(one.getCrop()) + " · " + one.getCut()).toList(), index, url(), "crop"), new Section("Before, without their units, without random units", figure, reading(crop)).explain(
        "Target: how often the encoder that saw the image names its class from the crop. Memorized images are right before by their choice, so "
            + "any change of the encoder makes them worse: what counts is the difference to the random units."));
    crop.getGroupsList().forEach(group -> content().add(group(result, group)));
    result.getProbesList().forEach(probe -> content().add(probe(result, probe)));
    content().add(new Section("Units that were pruned", layers(result.getLayersList())));
  }

  /** The one figure that answers the question, in words. */
  private static Component reading(TracedCrop crop) {
    TracedGroup traced = crop.getGroupsList().stream().filter(group -> group.getGroup().equals("traced")).findFirst().orElse(TracedGroup.getDefaultInstance());
    TracedState difference = traced.getDifferencesList().stream().filter(state -> state.getState().equals("pruned - random")).findFirst()
        .orElse(TracedState.getDefaultInstance());
    String figures = "Without the units they own, the score on the traced images differs by " + Numbers.percent(difference.getScore()) + " from that without random ones. ";
    boolean below = difference.getScore().getCiHigh() < 0;
    boolean above = difference.getScore().getCiLow() > 0;
    Paragraph words = new Paragraph(figures + (below ? "These units carry more of the memory than others of their layers."
        : above ? "Random units carried more: the memory is not in the units these images own."
        : "The interval holds 0: nothing here says that the memory is in the units these images own."));
    words.getElement().setAttribute("data-reading", below ? "theirs" : above ? "others" : "open");
    return words;
  }

  private static Section group(TracedPruningResult result, TracedGroup group) {
    DataTable<TracedState> table = new DataTable<TracedState>("No figures.")
        .text("Encoder", state -> words(state.getState()))
        .figure("Target", state -> Numbers.percent(state.getTarget()))
        .figure("Reference", state -> Numbers.percent(state.getReference()))
        .figure("Score", state -> Numbers.percent(state.getScore()));
    List<TracedState> rows = new ArrayList<>(group.getStatesList());
    rows.addAll(group.getDifferencesList());
    table.setItems(rows);
    return new Section(title(result, group), table);
  }

  private static String title(TracedPruningResult result, TracedGroup group) {
    String images = Numbers.count(group.getImages(), "image");
    return switch (group.getGroup()) {
      case "traced" -> "The traced images: " + images;
      case "others" -> "Others that " + result.getSide() + " saw: " + images;
      case "unseen" -> "Those that " + result.getSide() + " did not see, where it is the reference: " + images;
      default -> "All attacked images, mean of both directions: " + images;
    };
  }

  private static Section probe(TracedPruningResult result, TracedProbe probe) {
    DataTable<ProbeState> table = new DataTable<ProbeState>("No figures.")
        .text("Encoder", state -> words(state.getState()))
        .figure("Accuracy", state -> Numbers.percent(state.getAccuracy()));
    List<ProbeState> rows = new ArrayList<>(probe.getStatesList());
    rows.addAll(probe.getDifferencesList());
    table.setItems(rows);
    return new Section("Linear probe of " + result.getSide() + (probe.getPart().equals("training") ? " on its training images: " : " on public images: ")
        + Numbers.count(probe.getImages(), "image"), table);
  }

  static String words(String state) {
    return state.replace("pruned", "without their units").replace("random", "without random units").replace(" - ", " − ");
  }

  private static DataTable<TracedLayer> layers(List<TracedLayer> layers) {
    DataTable<TracedLayer> table = new DataTable<TracedLayer>("No layer was considered.")
        .text("Layer", TracedLayer::getLayer)
        .figure("Units", layer -> Numbers.count(layer.getUnits()))
        .figure("Pruned", layer -> Numbers.count(layer.getPruned()))
        .figure("Pruned in a control, too", layer -> layer.getOverlapsList().stream().map(String::valueOf).distinct().reduce((a, b) -> a + ", " + b).orElse(""));
    table.setItems(layers);
    return table;
  }

  private static DataTable<TracedVariant> variants(TracedPruningSpec spec) {
    List<TracedVariant> all = new ArrayList<>(List.of(spec.getPruned()));
    all.addAll(spec.getControlsList());
    DataTable<TracedVariant> table = new DataTable<TracedVariant>("None.")
        .text("What it is", variant -> words(variant.equals(spec.getPruned()) ? "pruned" : "random " + (spec.getControlsList().indexOf(variant) + 1)))
        .component("Encoder", variant -> Links.to(variant.getEncoder()))
        .component("Attack", variant -> attack(variant.getAttack(), Names.id(variant.getAttack())));
    table.setItems(all);
    return table;
  }

  private static Anchor attack(String run, String text) {
    Anchor link = new Anchor("deja-vu/" + Names.id(run), text);
    link.setRouterIgnore(false);
    return link;
  }
}
