package dev.engram.ui.data;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Facts;
import dev.engram.ui.component.Gallery;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.PageTrail;
import dev.engram.ui.component.Pager;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.format.Sizes;
import dev.engram.ui.leak.CropPreview;
import dev.engram.ui.leak.Crops;
import dev.engram.ui.picture.Captions;
import dev.engram.ui.picture.Pictures;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.Crop;
import dev.engram.v1.Dataset;
import dev.engram.v1.DatasetSummary;
import dev.engram.v1.GetDatasetRequest;
import dev.engram.v1.ImageEntry;
import dev.engram.v1.ListImagesRequest;
import dev.engram.v1.ListImagesResponse;
import dev.engram.v1.UnreadableImage;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;

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
  private final Section unreadable = new Section("Images that could not be read");
  private final Section classes = new Section("Classes");
  private final Section images = new Section("Images");
  private String name = "";
  private UrlState url;
  private final Pager pager = new Pager(token -> url.with("page", token).open());

  @Inject
  public DatasetView(Services services, Pictures pictures) {
    this.services = services;
    this.pictures = pictures;
    addClassName("page");
    about.setVisible(false);
    images.setVisible(false);
    unreadable.setVisible(false);
    classes.setVisible(false);
    add(header, notice, about, unreadable, classes, images);
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

  /** {@code none}, or how many groups and how many of them disagree in their labels. */
  static String duplicates(DatasetSummary summary) {
    return summary.getDuplicateGroups() == 0 ? "none" : Numbers.count(summary.getDuplicateGroups(), "group") + " of equal pixels"
        + (summary.getDuplicateGroupsAcrossLabels() == 0 ? ", all of one label each"
            : ", " + Numbers.count(summary.getDuplicateGroupsAcrossLabels()) + " of them across labels") + "; all are in duplicates.csv";
  }

  private void showUnreadable(DatasetSummary summary) {
    DataTable<UnreadableImage> table = new DataTable<UnreadableImage>("Every image could be read.")
        .text("File", UnreadableImage::getFile).text("Why", UnreadableImage::getReason);
    table.setItems(summary.getUnreadableList());
    unreadable.explain(summary.getUnreadableImages() == 0 ? "" : Numbers.count(summary.getUnreadableImages(), "image")
        + (summary.getUnreadableCount() < summary.getUnreadableImages() ? ", the first " + summary.getUnreadableCount() + " of them below; all are in unreadable.csv of the artifact."
            : "; they are in unreadable.csv of the artifact, too."));
    unreadable.setContent(table);
    unreadable.setVisible(true);
  }

  private static String numbers(List<Double> values) {
    return values.stream().map(Numbers::significant).collect(Collectors.joining(", "));
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
        .add("Equal images", duplicates(dataset.getSummary()));
    if (dataset.getSummary().getChannelMeansCount() > 0) {
      facts.add("Mean of the channels", numbers(dataset.getSummary().getChannelMeansList()))
          .add("Deviation of the channels", numbers(dataset.getSummary().getChannelDeviationsList()));
    }
    if (dataset.getSummary().getPixelBytes() > 0) {
      facts.add("Packed", Sizes.bytes(dataset.getSummary().getPixelBytes()) + " of pixels in " + Numbers.count(dataset.getSummary().getShards(), "shard"));
    }
    if (dataset.getSpec().hasDerived()) {
      facts.add("Noise", Numbers.count(dataset.getSummary().getNoisyInputs(), "image") + " of noise, "
          + Numbers.count(dataset.getSummary().getNoisyLabels(), "label") + " drawn anew");
    }
    facts.add("Digest", dataset.getSummary().getDigest());
    showUnreadable(dataset.getSummary());
    showImages(dataset);
  }

  private void showImages(Dataset dataset) {
    PageTrail trail = PageTrail.of(url.get("page"));
    ListImagesRequest.Builder request = ListImagesRequest.newBuilder().setDataset(name).setPageSize(PAGE_SIZE).setPageToken(trail.token());
    url.number("class").ifPresent(request::setLabel);
    calls.ask(services.datasets().listImages(request.build()), page ->
        calls.ask(pictures.fetch(name, page.getImagesList().stream().map(ImageEntry::getImageId).toList(), Crop.getDefaultInstance()),
            found -> showPage(dataset, page, trail, new Captions(dataset, found))));
  }

  private void showPage(Dataset dataset, ListImagesResponse page, PageTrail trail, Captions captions) {
    pager.show(trail, page.getNextPageToken());
    Gallery gallery = new Gallery();
    gallery.addClassName("many");
    Crop crop = CropPreview.chosen(url);
    boolean whole = crop.getKindCase() == Crop.KindCase.KIND_NOT_SET;
    page.getImagesList().forEach(image -> gallery.framed(whole ? captions.url(image.getImageId()) : captions.url(image.getImageId(), crop),
        title(image, captions) + (whole ? "" : ", " + Crops.words(crop)), whole ? boxes(image, dataset.getSummary()) : List.of()));
    images.explain(Numbers.count(page.getTotal(), "image") + (url.number("class").isPresent() ? " of class " + captions.className(url.number("class").getAsInt()) : "")
        + ", in the data set's own order" + (!whole ? ", as an adversary would see them; an image without such a patch is not shown." : dataset.getSummary().getBoxes() ? "; the boxes of their objects are drawn in." : "."));
    images.setContent(new CropPreview(url, dataset.getSummary().getBoxes()),
        page.getImagesCount() == 0 ? new Paragraph("There are none.") : gallery, pager);
    images.setVisible(true);
    classes.setContent(new ClassCounts(dataset.getSummary().getClassNamesList(), page.getClassImagesList(), url));
    classes.setVisible(true);
  }

  private static String title(ImageEntry image, Captions captions) {
    return "Image " + image.getImageId() + ", " + captions.label(image.getImageId());
  }

  /** Boxes as shares of the picture. */
  static List<Gallery.Frame> boxes(ImageEntry image, DatasetSummary summary) {
    return image.getBoxesList().stream().map(box -> new Gallery.Frame((double) box.getXmin() / summary.getWidth(), (double) box.getYmin() / summary.getHeight(),
        (double) box.getXmax() / summary.getWidth(), (double) box.getYmax() / summary.getHeight())).toList();
  }
}
