package dev.engram.ui.leak;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Route;
import dev.engram.ui.chart.CutFigure;
import dev.engram.ui.chart.DejaVuFigure;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.picture.Pictures;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.ResultView;
import dev.engram.ui.shell.UrlChoice;
import dev.engram.v1.CropResult;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.DirectionResult;
import dev.engram.v1.GetDejaVuResultRequest;
import dev.engram.v1.GetPairRequest;
import dev.engram.v1.LeftOutClass;
import dev.engram.v1.Pair;
import dev.engram.v1.ProbeControl;
import dev.engram.v1.Run;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One déjà vu attack: its score in words and figures, crop by crop, and the images it fell on. */
@Route("deja-vu/:run")
public class DejaVuView extends ResultView {
  private final Pictures pictures;

  @Inject
  public DejaVuView(Services services, Pictures pictures) {
    super(services, "attack", "Déjà vu");
    this.pictures = pictures;
  }

  @Override
  protected void show(Run run) {
    String pair = run.getSpec().getDejaVu().getPair();
    describe("Déjà vu attack against " + Names.id(pair), Links.to(pair, "Pair"), Links.to(name(), "Run"));
    calls().ask(services().attack().getDejaVuResult(GetDejaVuResultRequest.newBuilder().setRun(name()).build()), result -> show(run, result));
  }

  private void show(Run run, DejaVuResult result) {
    content().removeAll();
    if (result.getCropsCount() == 0) {
      content().add(new Paragraph("The attack has no crop."));
      return;
    }
    int index = Math.min(url().number("crop").orElse(0), result.getCropsCount() - 1);
    CropResult crop = result.getCrops(index);
    String file = Names.id(name()) + "-crop" + index;
    Figure curve = new Figure("Accuracy at the most confident share of the images").tall("20rem");
    curve.show(DejaVuFigure.curve(file + "-curve", result, crop));
    Figure partition = new Figure("Shares of memorized, correlated, misrepresented and unassociated images").tall("15rem");
    partition.show(DejaVuFigure.partition(file + "-partition", crop));
    Div figures = new Div(
        new Section("Accuracy by confidence", curve).explain("Share of right answers among the images the encoder is most confident of."),
        new Section("Where the images fall", partition).explain("Who names the class: only the encoder that saw the image (memorized), "
            + "both (correlated), only the other (misrepresented), none (unassociated)."));
    figures.addClassName("columns");
    if (result.getCropsCount() > 1) {
      content().add(new UrlChoice("Crop and cut", result.getCropsList().stream().map(one -> Crops.words(one.getCrop()) + " · " + one.getCut()).toList(), index, url(), "crop"));
    }
    Uni<String> dataset = services().trainer().getPair(
        GetPairRequest.newBuilder().setName(run.getSpec().getDejaVu().getPair()).build()).map(Pair::getDataset);
    content().add(score(result, crop), figures);
    List<CropResult> cuts = result.getCropsList().stream().filter(other -> other.getCrop().equals(crop.getCrop())).toList();
    if (cuts.size() > 1) {
      Figure depth = new Figure("Score at every cut").tall(6 + 2 * cuts.size() + "rem");
      depth.show(CutFigure.of(file + "-cuts", cuts));
      content().add(new Section("By cut", depth).explain("The same crop, compared at different layers of both encoders."));
    }
    if (result.getProbesCount() > 0) {
      content().add(new Section("What a linear probe sees", probes(result.getProbesList())).explain("Accuracy of a probe of whole images on the "
          + "encoder's training images and on public ones: the usual sign of overfitting, which need not move with the score."));
    }
    if (crop.hasOverPairs()) {
      content().add(new Section("Over pairs", new OverPairsTable(crop.getOverPairs())));
    }
    if (crop.hasRepeats()) {
      content().add(new Section("By repeats", new RepeatsPanel(file + "-repeats", crop.getRepeats())).explain("The attacked images by how often an "
          + "epoch of training visits them: what is learned by heart should leak the more, the more often it was seen."));
    }
    content().add(
        new Section("Ways of counting", new AccuracyTable(crop)),
        new Section("Both directions", directions(crop)),
        new ClassGapsPanel(services(), dataset, file + "-classes", crop.getClassesList()),
        new Section("Membership", new MembershipTable(crop.getMembershipList())).explain("Can the images an encoder saw be told from those "
            + "only the other saw by how sure its votes are? 0.5 means no; the shares are the images found before so many others are taken for one."),
        new AttackedGallery(services(), pictures, run, dataset, index, crop.getCrop(), url()));
  }

  private Section score(DejaVuResult result, CropResult crop) {
    Reading reading = Reading.of(crop);
    Span value = new Span(Numbers.percent(crop.getScore().getValue()));
    value.addClassName("headline");
    Span interval = new Span("95 % interval " + Numbers.percent(crop.getScore().getCiLow()) + " to " + Numbers.percent(crop.getScore().getCiHigh()));
    interval.addClassName("quiet");
    Div number = new Div(value, interval);
    number.addClassName("headline-box");
    Paragraph sentence = new Paragraph(reading.sentence());
    Paragraph setting = new Paragraph(Numbers.count(result.getCandidates()) + " candidates against f, "
        + Numbers.count(result.getIndependents()) + " independents against g; " + Numbers.count(result.getK(), "neighbor")
        + " of " + Numbers.count(result.getPublicImages(), "public image") + " vote at the " + crop.getCut() + ". A constant guess reaches " + Numbers.percent(result.getMajority())
        + ", chance is " + Numbers.percent(result.getChance()) + ".");
    setting.addClassName("quiet");
    Div words = new Div(sentence, setting);
    words.addClassName("stack-small");
    Div both = new Div(number, words);
    both.addClassName("score");
    both.getElement().setAttribute("data-reading", reading.title());
    return new Section("Déjà vu score: " + reading.title(), both);
  }

  static DataTable<DirectionResult> directions(CropResult crop) {
    DataTable<DirectionResult> table = new DataTable<DirectionResult>("No direction was attacked.")
        .text("Direction", direction -> direction.getDirection().equals("candidate") ? "candidates: f target, g reference"
            : "independents: g target, f reference")
        .figure("Images", direction -> Numbers.count(direction.getImages()))
        .figure("Target", direction -> Numbers.percent(direction.getTarget()))
        .figure("Reference", direction -> Numbers.percent(direction.getReference()))
        .figure("Target, top 5", direction -> Numbers.percent(direction.getTargetTop5()))
        .figure("Reference, top 5", direction -> Numbers.percent(direction.getReferenceTop5()))
        .figure("Left out", direction -> Numbers.count(direction.getLeftOut()))
        .text("Why left out", DejaVuView::leftOut)
        .figure("Flat crops", direction -> Numbers.count(direction.getFlat()))
        .figure("Repeated crops", direction -> Numbers.count(direction.getRepeated()));
    table.setItems(crop.getDirectionsList());
    return table;
  }

  private static String leftOut(DirectionResult direction) {
    if (direction.getLeftOut() == 0) {
      return "–";
    }
    int noBox = direction.getLeftOutClassesList().stream().mapToInt(LeftOutClass::getNoBox).sum();
    int beyond = direction.getLeftOutClassesList().stream().mapToInt(LeftOutClass::getBoxBeyondImage).sum();
    int small = direction.getLeftOutClassesList().stream().mapToInt(LeftOutClass::getTooSmall).sum();
    return Stream.of(reason(noBox, "without box"), reason(beyond, "with a box beyond the image"), reason(small, "without room beside it"))
        .filter(words -> !words.isEmpty()).collect(Collectors.joining(", "))
        + "; of " + Numbers.count(direction.getLeftOutClassesCount()) + (direction.getLeftOutClassesCount() == 1 ? " class" : " classes");
  }

  private static String reason(int images, String why) {
    return images == 0 ? "" : Numbers.count(images) + " " + why;
  }

  private static DataTable<ProbeControl> probes(List<ProbeControl> probes) {
    DataTable<ProbeControl> table = new DataTable<ProbeControl>("There is no probe.")
        .text("Encoder", ProbeControl::getEncoder)
        .figure("Training images", probe -> Numbers.percent(probe.getTraining()) + " of " + Numbers.count(probe.getTrainingImages()))
        .figure("Others", probe -> Numbers.percent(probe.getValidation()) + " of " + Numbers.count(probe.getValidationImages()))
        .figure("Gap", probe -> Numbers.percent(probe.getTraining() - probe.getValidation()));
    table.setItems(probes);
    return table;
  }
}
