package dev.engram.ui.artifact;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Facts;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Sizes;
import dev.engram.ui.format.Times;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.ArtifactFiles;
import dev.engram.v1.Artifact;
import dev.engram.v1.GetArtifactRequest;
import jakarta.inject.Inject;
import java.time.ZoneId;

/** One artifact: its files, what made it and what read it. */
@Route("artifacts/:artifact")
public class ArtifactView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private final Services services;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "artifact", notice::show);
  private final PageHeader header = new PageHeader("", "");
  private final Div content = new Div();
  private String name = "";

  @Inject
  public ArtifactView(Services services) {
    this.services = services;
    addClassName("page");
    content.addClassName("stack");
    add(header, notice, content);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    name = "artifacts/" + event.getRouteParameters().get("artifact").orElse("");
    header.setTitle(Names.shortDigest(name));
    notice.clear();
    content.removeAll();
    calls.cancelAll();
    calls.ask(services.artifacts().getArtifact(GetArtifactRequest.newBuilder().setName(name).build()), this::show);
  }

  @Override
  public String getPageTitle() {
    return Names.shortDigest(name) + " · Engram";
  }

  private void show(Artifact artifact) {
    header.setLine(artifact.getKind() + ", " + Sizes.bytes(artifact.getSize()));
    Span digest = new Span(Names.id(name));
    digest.addClassName("mono");
    content.add(new Section("About", new Facts()
        .add("SHA-256 of the manifest", digest)
        .add("Made", Times.moment(artifact.getCreateTime(), ZoneId.systemDefault()))
        .add("Made by", ArtifactListView.links(artifact.getProducersList()))
        .add("Read by", ArtifactListView.links(artifact.getConsumersList()))),
        new Section("Files", new ArtifactFiles(artifact.getKind(), artifact, false)));
  }
}
