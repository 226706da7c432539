package dev.engram.ui.similarity;

import com.vaadin.flow.router.Route;
import dev.engram.ui.chart.CkaFigure;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.ResultView;
import dev.engram.v1.CkaResult;
import dev.engram.v1.CkaSpec;
import dev.engram.v1.GetCkaResultRequest;
import dev.engram.v1.Run;
import jakarta.inject.Inject;

/** One comparison: the heat map of CKA. */
@Route("similarity/:run")
public class SimilarityView extends ResultView {
  private static final int ROW_PIXELS = 22;
  private static final int LEAST_PIXELS = 360;

  @Inject
  public SimilarityView(Services services) {
    super(services, "metrics", "Similarity");
  }

  @Override
  protected void show(Run run) {
    CkaSpec spec = run.getSpec().getCka();
    describe(Names.id(spec.getFirst()) + " beside " + Names.id(spec.getSecond()), Links.to(name(), "Run"), Links.to(spec.getDataset(), "Images"));
    calls().ask(services().metrics().getCkaResult(GetCkaResultRequest.newBuilder().setRun(name()).build()), result -> show(spec, result));
  }

  private void show(CkaSpec spec, CkaResult result) {
    Figure map = new Figure("CKA of every layer of the first encoder with every layer of the second")
        .tall(Math.max(LEAST_PIXELS, ROW_PIXELS * result.getFirstCount() + 120) + "px");
    map.show(CkaFigure.of(Names.id(name()) + "-cka", result, Names.id(spec.getFirst()), Names.id(spec.getSecond())));
    content().removeAll();
    content().add(new Section("CKA, layer by layer", map).explain(
        "1 where two layers hold the images at the same distances from each other (up to turning and scaling), 0 where they have "
            + "nothing in common. " + estimate(result)));
  }

  private static String estimate(CkaResult result) {
    String kind = result.getEstimator() == CkaSpec.Estimator.BIASED ? "Biased" : "Unbiased";
    return kind + " estimate from " + Numbers.count(result.getBatches()) + " × " + Numbers.count(result.getBatchSize(), "image")
        + "; layers up and to the right, from the first to the last.";
  }
}
