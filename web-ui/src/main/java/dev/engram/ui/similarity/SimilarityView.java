package dev.engram.ui.similarity;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.chart.CkaFigure;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.CkaResult;
import dev.engram.v1.CkaSpec;
import dev.engram.v1.GetCkaResultRequest;
import dev.engram.v1.GetRunRequest;
import jakarta.inject.Inject;

/** One comparison: the heat map of CKA. */
@Route("similarity/:run")
public class SimilarityView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final int ROW_PIXELS = 22;
  private static final int LEAST_PIXELS = 360;

  private final Services services;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "metrics", notice::show);
  private final PageHeader header = new PageHeader("", "");
  private final Div links = new Div();
  private final Div content = new Div();
  private String name = "";

  @Inject
  public SimilarityView(Services services) {
    this.services = services;
    addClassName("page");
    content.addClassName("stack");
    links.addClassName("link-list");
    header.actions(links);
    add(header, notice, content);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    name = "runs/" + event.getRouteParameters().get("run").orElse("");
    notice.clear();
    content.removeAll();
    header.setTitle(Names.id(name));
    calls.cancelAll();
    calls.ask(services.runs().getRun(GetRunRequest.newBuilder().setName(name).build()), run -> {
      CkaSpec spec = run.getSpec().getCka();
      header.setLine(Names.id(spec.getFirst()) + " beside " + Names.id(spec.getSecond()));
      links.removeAll();
      links.add(Links.to(name, "Run"), Links.to(spec.getDataset(), "Images"));
      calls.ask(services.metrics().getCkaResult(GetCkaResultRequest.newBuilder().setRun(name).build()), result -> show(spec, result));
    });
  }

  @Override
  public String getPageTitle() {
    return Names.id(name) + " · Similarity · Engram";
  }

  private void show(CkaSpec spec, CkaResult result) {
    Figure map = new Figure("CKA of every layer of the first encoder with every layer of the second")
        .tall(Math.max(LEAST_PIXELS, ROW_PIXELS * result.getFirstCount() + 120) + "px");
    map.show(CkaFigure.of(Names.id(name) + "-cka", result, Names.id(spec.getFirst()), Names.id(spec.getSecond())));
    content.removeAll();
    content.add(new Section("CKA, layer by layer", map).explain(
        "1 where two layers hold the images at the same distances from each other (up to turning and scaling), 0 where they have "
            + "nothing in common. " + estimate(result)));
  }

  private static String estimate(CkaResult result) {
    String kind = result.getEstimator() == CkaSpec.Estimator.BIASED ? "Biased" : "Unbiased";
    return kind + " estimate from " + Numbers.count(result.getBatches()) + " × " + Numbers.count(result.getBatchSize(), "image")
        + "; layers up and to the right, from the first to the last.";
  }
}
