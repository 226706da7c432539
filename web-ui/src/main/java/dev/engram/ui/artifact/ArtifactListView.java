package dev.engram.ui.artifact;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.PageTrail;
import dev.engram.ui.component.Pager;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.format.Sizes;
import dev.engram.ui.format.Times;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.Artifact;
import dev.engram.v1.ListArtifactsRequest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** All artifacts, newest first. */
@Route("artifacts")
@PageTitle("Artifacts · Engram")
public class ArtifactListView extends Div implements BeforeEnterObserver {
  private static final List<String> KINDS =
      List.of("dataset", "split", "checkpoint", "resume-point", "probe", "layer-mem", "unit-mem", "deja-vu");

  private final Services services;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "artifact", notice::show);
  private final Select<String> kinds = new Select<>();
  private final DataTable<Artifact> table = new DataTable<Artifact>("No artifact matches.")
      .component("Artifact", artifact -> Links.to(artifact.getName()))
      .text("Kind", Artifact::getKind)
      .component("Made by", artifact -> links(artifact.getProducersList()))
      .figure("Files", artifact -> Numbers.count(artifact.getFilesCount()))
      .figure("Size", artifact -> Sizes.bytes(artifact.getSize()))
      .text("Made", artifact -> Times.ago(artifact.getCreateTime(), Instant.now(), ZoneId.systemDefault()));
  private UrlState url;
  private final Pager pager = new Pager(token -> url.with("page", token).open());

  @Inject
  public ArtifactListView(Services services) {
    this.services = services;
    addClassName("page");
    kinds.setLabel("Kind");
    kinds.setEmptySelectionAllowed(true);
    kinds.setEmptySelectionCaption("All kinds");
    kinds.setItems(KINDS);
    kinds.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.without("page").with("kind", change.getValue()).open();
      }
    });
    Div filters = new Div(kinds);
    filters.addClassName("filters");
    table.setVisible(false);
    add(new PageHeader("Artifacts", "Immutable results, named by the digest of what they hold."), filters, notice, table, pager);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    url = UrlState.of(event.getLocation());
    String kind = KINDS.contains(url.get("kind")) ? url.get("kind") : null;
    kinds.setValue(kind);
    notice.clear();
    calls.cancelAll();
    calls.ask(services.artifacts().listArtifacts(ListArtifactsRequest.newBuilder().setPageSize(50).setPageToken(PageTrail.of(url.get("page")).token())
        .setFilter(kind == null ? "" : "kind = " + kind).build()), answer -> {
          table.setVisible(true);
          table.setItems(answer.getArtifactsList());
          pager.show(PageTrail.of(url.get("page")), answer.getNextPageToken());
        });
  }

  static Span links(List<String> resources) {
    Span span = new Span();
    span.addClassName("link-list");
    resources.forEach(resource -> span.add(Links.to(resource)));
    return span;
  }
}
