package dev.engram.ui.encoder;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.checkpoint.ImportView;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.PageTrail;
import dev.engram.ui.component.Pager;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.Encoder;
import dev.engram.v1.ListEncodersRequest;
import jakarta.inject.Inject;
import java.time.Duration;

/** All encoders, trained here or imported, newest first. */
@Route("encoders")
@PageTitle("Encoders · Engram")
public class EncoderListView extends Div implements BeforeEnterObserver {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Services services;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "trainer", notice::showRetrying);
  private final DataTable<Encoder> table = new DataTable<Encoder>("There is no encoder yet. Train a pair or one encoder, or import a file of weights.")
      .component("Encoder", encoder -> Links.to(encoder.getName()))
      .text("How", EncoderWords::origin)
      .component("Trained on", EncoderListView::data)
      .figure("Parameters", encoder -> encoder.getParameters() == 0 ? "" : Numbers.count(encoder.getParameters()))
      .component("State", EncoderListView::state);
  private UrlState url;
  private final Pager pager = new Pager(token -> url.with("page", token).open());

  @Inject
  public EncoderListView(Services services) {
    this.services = services;
    addClassName("page");
    table.setVisible(false);
    add(new PageHeader("Encoders", "Networks with weights: trained here or brought in. Each can be measured, probed, compared and taken out again.")
        .actions(Links.button("networks", "Networks", true), Links.button("compare", "Compare two", true), Links.button("new-encoder", "Train one", true),
            Links.button(ImportView.PATH, "Import", false)), notice, table, pager);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    url = UrlState.of(event.getLocation());
    PageTrail trail = PageTrail.of(url.get("page"));
    calls.cancelAll();
    calls.repeat(PAUSE, () -> services.trainer().listEncoders(
        ListEncodersRequest.newBuilder().setPageSize(50).setPageToken(trail.token()).build()), answer -> {
          notice.clear();
          table.setVisible(true);
          table.setItems(answer.getEncodersList());
          pager.show(trail, answer.getNextPageToken());
        });
  }

  private static Component data(Encoder encoder) {
    String resource = encoder.getSpec().getSplit().isEmpty() ? encoder.getSpec().getDataset() : encoder.getSpec().getSplit();
    return resource.isEmpty() ? new Span("") : Links.to(resource);
  }

  private static Component state(Encoder encoder) {
    if (encoder.getCollapsed()) {
      return new CollapsedBadge();
    }
    if (encoder.getCheckpoint().isEmpty()) {
      return Links.to(encoder.getRun(), "not ready");
    }
    Span state = new Span("ready");
    state.addClassName("quiet");
    return state;
  }
}
