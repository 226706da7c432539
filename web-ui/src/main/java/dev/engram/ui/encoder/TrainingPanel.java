package dev.engram.ui.encoder;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Div;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.Section;
import dev.engram.ui.component.SpecFacts;
import dev.engram.ui.format.Names;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.Curves;
import dev.engram.v1.Encoder;
import dev.engram.v1.ListMetricSeriesRequest;
import java.time.Duration;

/** How an encoder was trained: all its curves, and every value of its recipe. */
final class TrainingPanel extends Div {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Services services;
  private final Encoder encoder;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "run", notice::showRetrying);
  private final Curves curves = new Curves();

  TrainingPanel(Services services, Encoder encoder) {
    this.services = services;
    this.encoder = encoder;
    addClassName("stack");
    add(notice, new Section("Curves", curves).actions(Links.to(encoder.getRun(), "Run")),
        new Section("Recipe", SpecFacts.of(encoder.getSpec().getRecipe())));
  }

  @Override
  protected void onAttach(AttachEvent event) {
    calls.repeat(PAUSE, () -> services.runs().listMetricSeries(ListMetricSeriesRequest.newBuilder().setRun(encoder.getRun()).build()), answer -> {
      notice.clear();
      curves.show(Names.id(encoder.getName()), answer.getSeriesList());
    });
  }
}
