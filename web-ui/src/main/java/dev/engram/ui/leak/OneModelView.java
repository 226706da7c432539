package dev.engram.ui.leak;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.Route;
import dev.engram.ui.chart.DejaVuFigure;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.picture.Pictures;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.ResultView;
import dev.engram.ui.shell.UrlChoice;
import dev.engram.v1.CropResult;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.GetOneModelResultRequest;
import dev.engram.v1.OneModelReference;
import dev.engram.v1.OneModelResult;
import dev.engram.v1.Run;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;

/** A test of one model: what its neighbors name of background crops, against what each reference learns from others. */
@Route("one-model/:run")
public class OneModelView extends ResultView {
  private final Pictures pictures;

  @Inject
  public OneModelView(Services services, Pictures pictures) {
    super(services, Kind.ONE_MODEL.service(), "One model");
    this.pictures = pictures;
  }

  @Override
  protected void show(Run run) {
    String pair = run.getSpec().getOneModel().getPair();
    String tested = pair.isEmpty() ? run.getSpec().getOneModel().getEncoder() : pair;
    describe("Déjà vu by one model, of " + Names.id(tested), Links.to(tested, pair.isEmpty() ? "Encoder" : "Pair"), Links.to(name(), "Run"));
    calls().ask(services().attack().getOneModelResult(GetOneModelResultRequest.newBuilder().setRun(name()).build()), result -> show(run, result));
  }

  private void show(Run run, OneModelResult result) {
    content().removeAll();
    int index = Math.min(url().number("reference").orElse(0), result.getReferencesCount() - 1);
    OneModelReference reference = result.getReferences(index);
    CropResult figures = reference.getFigures();
    String file = Names.id(name()) + "-" + reference.getName();
    DejaVuResult guesses = DejaVuResult.newBuilder().setMajority(result.getMajority()).setChance(result.getChance()).build();
    Figure curve = new Figure("Accuracy at the most confident share of the images").tall("20rem");
    curve.show(DejaVuFigure.curve(file + "-curve", guesses, figures));
    Figure partition = new Figure("Shares of memorized, correlated, misrepresented and unassociated images").tall("15rem");
    partition.show(DejaVuFigure.partition(file + "-partition", figures));
    Div both = new Div(
        new Section("Accuracy by confidence", curve).explain("Target: the neighbors in the encoder. Reference: what was learned from other crops."),
        new Section("Where the images fall", partition).explain("Memorized: the encoder's neighbors name the class, the reference does not."));
    both.addClassName("columns");
    Uni<String> dataset = Uni.createFrom().item(result.getDataset());
    content().add(new UrlChoice("Reference", result.getReferencesList().stream().map(one -> Names.words(one.getName())).toList(), index, url(), "reference"), references(result), both);
    if (reference.hasAgreement()) {
      content().add(new Section("Agreement with two models", new AgreementTable(result.getReferencesList()))
          .explain("Which images are memorized, here and with the other encoder as reference: κ is 1 if always the same, 0 if as often as by chance."));
    }
    content().add(new Section("Images", DejaVuView.directions(figures)),
        new ClassGapsPanel(services(), dataset, file + "-classes", figures.getClassesList()),
        new AttackedGallery(services(), pictures, run, dataset, index, figures.getCrop(), url()));
  }

  private Section references(OneModelResult result) {
    DataTable<OneModelReference> table = new DataTable<OneModelReference>("There is no reference.")
        .text("Reference", reference -> Names.words(reference.getName()))
        .figure("Encoder's neighbors", reference -> Numbers.percent(reference.getFigures().getTarget()))
        .figure("Reference", reference -> Numbers.percent(reference.getFigures().getReference()))
        .figure("Score", reference -> Numbers.percent(reference.getFigures().getScore()))
        .figure("Memorized", reference -> Numbers.percent(reference.getFigures().getMemorized()))
        .figure("Chance of such a score", reference -> Numbers.probability(reference.getFigures().getSwapTest().getPGreater()));
    table.setItems(result.getReferencesList());
    CropResult first = result.getReferences(0).getFigures();
    Paragraph setting = new Paragraph(Numbers.count(result.getK(), "neighbor") + " of " + Numbers.count(result.getPublicImages(), "public image")
        + " vote at the " + first.getCut() + "; crop: " + Crops.words(first.getCrop()) + ". A constant guess reaches "
        + Numbers.percent(result.getMajority()) + ", chance is " + Numbers.percent(result.getChance()) + ". The class of "
        + Numbers.count(result.getCorrelations(), "image") + " is named by every reference: correlations of the data set.");
    setting.addClassName("quiet");
    return new Section("What counts as correlation", table, setting);
  }
}
