package dev.engram.ui.data;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Facts;
import dev.engram.ui.component.Gallery;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.Pager;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.picture.Captions;
import dev.engram.ui.picture.Pictures;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.Crop;
import dev.engram.v1.Dataset;
import dev.engram.v1.GetDatasetRequest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.LongStream;

/** One data set: what it is, and its images, a page at a time. */
@Route("data/:dataset")
public class DatasetView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final int PAGE_SIZE = 96;

  private final Services services;
  private final Pictures pictures;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "data set", notice::show);
  private final PageHeader header = new PageHeader("", "");
  private final Section about = new Section("About");
  private final Section images = new Section("Images");
  private String name = "";
  private UrlState url;
  private final Pager pager = new Pager(token -> url.with("from", token).open());

  @Inject
  public DatasetView(Services services, Pictures pictures) {
    this.services = services;
    this.pictures = pictures;
    addClassName("page");
    about.setVisible(false);
    images.setVisible(false);
    add(header, notice, about, images);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    name = "datasets/" + event.getRouteParameters().get("dataset").orElse("");
    url = UrlState.of(event.getLocation());
    notice.clear();
    header.setTitle(Names.id(name));
    calls.cancelAll();
    calls.ask(services.datasets().getDataset(GetDatasetRequest.newBuilder().setName(name).build()), this::show);
  }

  @Override
  public String getPageTitle() {
    return Names.id(name) + " · Engram";
  }

  private void show(Dataset dataset) {
    header.setLine(dataset.getSpec().getDisplayName());
    Facts facts = new Facts().add("Source", Sources.words(dataset.getSpec())).add("Packed by", Links.to(dataset.getRun()));
    about.setContent(facts);
    about.setVisible(true);
    if (!dataset.hasSummary()) {
      facts.add("State", "It is being packed, or its run has failed.");
      return;
    }
    facts.add("Images", Numbers.count(dataset.getSummary().getImages()))
        .add("Shape", DataView.shape(dataset.getSummary()))
        .add("Classes", String.join(", ", dataset.getSummary().getClassNamesList()))
        .add("Object boxes", dataset.getSummary().getBoxes() ? "yes" : "no")
        .add("Digest", dataset.getSummary().getDigest());
    long count = dataset.getSummary().getImages();
    long from = Math.min(url.number("from").orElse(0), Math.max(0, count - 1));
    long to = Math.min(count, from + PAGE_SIZE);
    pager.show(from == 0 ? "" : String.valueOf(from), to < count ? String.valueOf(to) : "");
    images.explain("Images " + Numbers.count(from) + " to " + Numbers.count(to - 1) + " of " + Numbers.count(count) + ".");
    images.setVisible(true);
    List<Long> ids = LongStream.range(from, to).boxed().toList();
    calls.ask(pictures.fetch(name, ids, Crop.getDefaultInstance()), found -> {
      Captions captions = new Captions(dataset, found);
      Gallery gallery = new Gallery();
      gallery.addClassName("many");
      ids.forEach(id -> gallery.picture(captions.url(id), "", "Image " + id + ", " + captions.label(id)));
      images.setContent(ids.isEmpty() ? new Paragraph("The data set is empty.") : gallery, pager);
    });
  }
}
