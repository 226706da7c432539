package dev.engram.ui.run;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.Links;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.format.Sizes;
import dev.engram.ui.picture.FileServlet;
import dev.engram.v1.Artifact;
import dev.engram.v1.ArtifactFile;
import java.util.Optional;

/** An artifact's files with their sizes, each to be saved. */
public final class ArtifactFiles extends Div {
  /** More of them are listed on demand where they are not what the page is about. */
  private static final int MOST = 12;

  /** @param folded whether a long list is opened on demand */
  public ArtifactFiles(String role, Artifact artifact, boolean folded) {
    addClassName("artifact-files");
    Span size = new Span(Sizes.bytes(artifact.getSize()));
    size.addClassName("quiet");
    Div head = new Div(new H3(role), Links.to(artifact.getName()), size);
    head.addClassName("artifact-head");
    DataTable<ArtifactFile> files = new DataTable<ArtifactFile>("This artifact has no files.")
        .component("File", file -> link(artifact.getName(), file))
        .text("Type", ArtifactFile::getMediaType)
        .figure("Size", file -> Sizes.bytes(file.getSize()))
        .component("SHA-256", ArtifactFiles::digest);
    files.setItems(artifact.getFilesList());
    add(head, folded && artifact.getFilesCount() > MOST
        ? new NativeDetails(Numbers.count(artifact.getFilesCount(), "file"), files) : files);
  }

  /** A link that opens the first of its files that is a page to be read, if there is such. */
  static Optional<Anchor> page(Artifact artifact) {
    return artifact.getFilesList().stream().map(ArtifactFile::getName).filter(FileServlet::isPage).findFirst().map(name -> {
      Anchor open = new Anchor(FileServlet.openUrl(artifact.getName(), name), "Open the report");
      open.setRouterIgnore(true);
      open.setTarget("_blank");
      return open;
    });
  }

  static Component link(String artifact, ArtifactFile file) {
    Anchor link = new Anchor(FileServlet.url(artifact, file.getName()), file.getName());
    link.setRouterIgnore(true);
    link.getElement().setAttribute("download", "");
    if (!FileServlet.isPage(file.getName())) {
      return link;
    }
    Anchor open = new Anchor(FileServlet.openUrl(artifact, file.getName()), "Open");
    open.setRouterIgnore(true);
    open.setTarget("_blank");
    Div both = new Div(link, open);
    both.addClassName("link-list");
    return both;
  }

  private static Component digest(ArtifactFile file) {
    Span digest = new Span(file.getSha256().substring(0, Math.min(12, file.getSha256().length())));
    digest.addClassName("mono");
    digest.setTitle(file.getSha256());
    return digest;
  }
}
