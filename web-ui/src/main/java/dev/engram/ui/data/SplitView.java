package dev.engram.ui.data;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.chart.SplitFigure;
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
import dev.engram.ui.leak.CropPreview;
import dev.engram.ui.leak.Crops;
import dev.engram.ui.picture.Captions;
import dev.engram.ui.picture.Pictures;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.run.ArtifactFiles;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.Crop;
import dev.engram.v1.Dataset;
import dev.engram.v1.GetArtifactRequest;
import dev.engram.v1.GetDatasetRequest;
import dev.engram.v1.GetRunRequest;
import dev.engram.v1.GetSplitRequest;
import dev.engram.v1.ImageEntry;
import dev.engram.v1.ListNearDuplicatesRequest;
import dev.engram.v1.ListNearDuplicatesResponse;
import dev.engram.v1.ListSplitImagesRequest;
import dev.engram.v1.ListSplitImagesResponse;
import dev.engram.v1.NearDuplicatePair;
import dev.engram.v1.NearDuplicates;
import dev.engram.v1.RunArtifact;
import dev.engram.v1.Split;
import dev.engram.v1.SplitClass;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One split: how many images of each class are in which part, and why some are in none; the images of a part; what nearly shows a training image; its files. */
@Route("splits/:split")
public class SplitView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final int PAGE_SIZE = 96;
  private static final int PAIRS = 24;
  private static final int DRAWN = 30;

  private final Services services;
  private final Pictures pictures;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "data set", notice::show);
  private final PageHeader header = new PageHeader("", "");
  private final Section about = new Section("About");
  private final Section classes = new Section("By class");
  private final Section images = new Section("Images");
  private final Section near = new Section("Near duplicates");
  private final Section files = new Section("Files");
  private String name = "";
  private UrlState url;
  private final Pager pager = new Pager(token -> url.with("page", token).open());
  private final Pager nearPager = new Pager(token -> url.with("near", token).open());

  @Inject
  public SplitView(Services services, Pictures pictures) {
    this.services = services;
    this.pictures = pictures;
    addClassName("page");
    List.of(about, classes, images, near, files).forEach(section -> section.setVisible(false));
    add(header, notice, about, classes, images, near, files);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    name = "splits/" + event.getRouteParameters().get("split").orElse("");
    url = UrlState.of(event.getLocation());
    notice.clear();
    header.setTitle(Names.id(name));
    calls.cancelAll();
    calls.ask(services.datasets().getSplit(GetSplitRequest.newBuilder().setName(name).build()), this::show);
  }

  @Override
  public String getPageTitle() {
    return Names.id(name) + " · Split · Engram";
  }

  private void show(Split split) {
    header.setLine("Which images each of two encoders sees, of " + Names.id(split.getSpec().getDataset()));
    about.setContent(about(split));
    about.setVisible(true);
    if (!split.hasSummary()) {
      return;
    }
    calls.ask(services.datasets().getDataset(GetDatasetRequest.newBuilder().setName(split.getSpec().getDataset()).build()), dataset -> {
      ask(dataset);
      if (split.getSpec().hasNearDuplicates()) {
        askNear(dataset, split);
      }
    });
    calls.ask(services.runs().getRun(GetRunRequest.newBuilder().setName(split.getRun()).build()), run ->
        run.getArtifactsList().stream().filter(made -> made.getRole().equals("split")).map(RunArtifact::getArtifact).findFirst().ifPresent(artifact ->
            calls.ask(services.artifacts().getArtifact(GetArtifactRequest.newBuilder().setName(artifact).build()), found -> {
              files.explain("The .npy files hold image ids in the layout of the published déjà vu code: bbox_A are candidates, bbox_B independents.");
              files.setContent(new ArtifactFiles("split", found, false));
              files.setVisible(true);
            })));
  }

  private static Facts about(Split split) {
    CreateSplitSpec spec = split.getSpec();
    Facts facts = new Facts().add("Data set", Links.to(spec.getDataset())).add("Made by", Links.to(split.getRun()))
        .add("Chosen", switch (spec.getMakerCase()) {
          case PARTITION -> "class by class from images with and without boxes, " + Numbers.count(spec.getPartition().getPerClass()) + " a class and encoder";
          case LISTS -> "by the lists in " + spec.getLists().getPath();
          case MAKER_NOT_SET -> "by the seed, classes in proportion";
        }).add("Seed", String.valueOf(spec.getSeed()));
    if (!split.hasSummary()) {
      return facts.add("State", "It is being made, or its run has failed.");
    }
    facts.add("Equal images left out", Numbers.count(split.getSummary().getDuplicatesLeftOut()));
    if (spec.hasNearDuplicates()) {
      int near = split.getSummary().getNearDuplicates();
      facts.add("Near duplicates", near == 0 ? "no public image is near a training image" : Numbers.count(near, "public image") + " near a training image, "
          + (split.getSummary().getNearDuplicatesLeftOut() ? "left out, " + Numbers.count(split.getSummary().getNearDuplicatesReplaced()) + " others in their places" : "kept"));
      if (split.getSummary().getPublicSetMissing() > 0) {
        facts.add("Missing", Numbers.count(split.getSummary().getPublicSetMissing(), "public image") + ": of some class none is left that is near no training image");
      }
      if (!spec.getNearDuplicates().getEncoder().isEmpty()) {
        facts.add("Compared by", Links.to(spec.getNearDuplicates().getEncoder()));
      }
    }
    Span digest = new Span(split.getSummary().getDigest());
    digest.addClassName("mono");
    return facts.add("Digest", digest);
  }

  private void ask(Dataset dataset) {
    SplitPart part = SplitPart.of(url.get("part"));
    PageTrail trail = PageTrail.of(url.get("page"));
    ListSplitImagesRequest.Builder request = ListSplitImagesRequest.newBuilder().setSplit(name).setPart(part.key()).setPageSize(PAGE_SIZE).setPageToken(trail.token());
    url.number("class").ifPresent(request::setLabel);
    calls.ask(services.datasets().listSplitImages(request.build()), page -> {
      showClasses(dataset, page.getClassesList());
      List<Long> ids = page.getImagesList().stream().map(ImageEntry::getImageId).toList();
      calls.ask(pictures.fetch(dataset.getName(), ids, Crop.getDefaultInstance()), found -> showImages(part, trail, page, new Captions(dataset, found)));
    });
  }

  private void showClasses(Dataset dataset, List<SplitClass> rows) {
    List<SplitPart> there = Arrays.stream(SplitPart.values()).filter(part -> rows.stream().anyMatch(row -> part.images(row) > 0)).toList();
    Captions names = new Captions(dataset, Map.of());
    Figure figure = new Figure("Images of each class by part").tall(Math.min(rows.size(), DRAWN) * 1.5 + 6 + "rem");
    List<SplitFigure.Row> drawn = rows.stream().limit(DRAWN).map(row -> new SplitFigure.Row(names.className(row.getLabel()),
        there.stream().collect(Collectors.toMap(SplitPart::words, part -> part.images(row), (a, _) -> a, LinkedHashMap::new)))).toList();
    figure.show(SplitFigure.of(Names.id(name) + "-classes", drawn, there.stream().map(SplitPart::words).toList()));
    DataTable<SplitPart> parts = new DataTable<SplitPart>("The split is empty.")
        .component("Part", part -> link(part))
        .text("Who sees it", SplitPart::meaning)
        .figure("Images", part -> Numbers.count(rows.stream().mapToInt(part::images).sum()))
        .figure("Classes", part -> Numbers.count(rows.stream().filter(row -> part.images(row) > 0).count()))
        .figure("Fewest a class", part -> Numbers.count(rows.stream().mapToInt(part::images).min().orElse(0)))
        .figure("Most a class", part -> Numbers.count(rows.stream().mapToInt(part::images).max().orElse(0)));
    parts.setItems(there);
    classes.explain(rows.size() > DRAWN ? "The first " + DRAWN + " of " + Numbers.count(rows.size()) + " classes are drawn; all are in classes.csv below." : "");
    classes.setContent(parts, figure);
    classes.setVisible(true);
  }

  private Anchor link(SplitPart part) {
    Anchor link = new Anchor(url.without("page").with("part", part == SplitPart.CANDIDATE ? "" : part.key()).href(), part.words());
    link.setRouterIgnore(false);
    return link;
  }

  private void showImages(SplitPart part, PageTrail trail, ListSplitImagesResponse page, Captions captions) {
    pager.show(trail, page.getNextPageToken());
    Crop crop = CropPreview.chosen(url);
    boolean whole = crop.getKindCase() == Crop.KindCase.KIND_NOT_SET;
    boolean boxes = captions.dataset().getSummary().getBoxes();
    Gallery gallery = new Gallery();
    gallery.addClassName("many");
    page.getImagesList().forEach(image -> gallery.framed(whole ? captions.url(image.getImageId()) : captions.url(image.getImageId(), crop),
        "Image " + image.getImageId() + ", " + captions.className(image.getLabel()) + (whole ? "" : ", " + Crops.words(crop)),
        whole ? DatasetView.boxes(image, captions.dataset().getSummary()) : List.of()));
    images.explain(Numbers.count(page.getTotal(), part.words() + " image") + (url.number("class").isPresent() ? " of class " + captions.className(url.number("class").getAsInt()) : "")
        + ": " + part.meaning() + (whole && boxes ? ". The boxes of their objects are drawn in." : "."));
    Div filters = new Div(parts(part), classes(captions));
    filters.addClassName("filters");
    images.setContent(filters, new CropPreview(url, boxes), page.getImagesCount() == 0 ? new Paragraph("There are none.") : gallery, pager);
    images.setVisible(true);
  }

  private Select<SplitPart> parts(SplitPart chosen) {
    Select<SplitPart> parts = new Select<>();
    parts.setLabel("Part");
    parts.setItems(SplitPart.values());
    parts.setItemLabelGenerator(SplitPart::words);
    parts.setValue(chosen);
    parts.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.without("page").with("part", change.getValue() == SplitPart.CANDIDATE ? "" : change.getValue().key()).open();
      }
    });
    return parts;
  }

  private Select<Integer> classes(Captions captions) {
    Select<Integer> labels = new Select<>();
    labels.setLabel("Class");
    int count = captions.dataset().getSummary().getClassNamesCount();
    labels.setItems(new ArrayList<>(IntStream.range(-1, count).boxed().toList()));
    labels.setItemLabelGenerator(label -> label < 0 ? "all classes" : captions.className(label));
    labels.setValue(url.number("class").orElse(-1) < count ? url.number("class").orElse(-1) : -1);
    labels.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.without("page").with("class", change.getValue() < 0 ? "" : String.valueOf(change.getValue())).open();
      }
    });
    return labels;
  }

  private void askNear(Dataset dataset, Split split) {
    PageTrail trail = PageTrail.of(url.get("near"));
    calls.ask(services.datasets().listNearDuplicates(ListNearDuplicatesRequest.newBuilder().setSplit(name).setPageSize(PAIRS).setPageToken(trail.token()).build()), page -> {
      Set<Long> ids = new LinkedHashSet<>(page.getPairsList().stream().flatMap(pair -> Stream.of(pair.getImageId(), pair.getTrainingId())).toList());
      calls.ask(pictures.fetch(dataset.getName(), ids, Crop.getDefaultInstance()), found -> showNear(split, trail, page, new Captions(dataset, found)));
    });
  }

  private void showNear(Split split, PageTrail trail, ListNearDuplicatesResponse page, Captions captions) {
    nearPager.show(trail, page.getNextPageToken());
    Div pairs = new Div();
    pairs.addClassName("near-pairs");
    for (NearDuplicatePair pair : page.getPairsList()) {
      Gallery both = new Gallery();
      both.picture(captions.url(pair.getImageId()), pair.getLeftOut() ? "left out" : "public", "Image " + pair.getImageId() + ", " + captions.className(pair.getLabel()))
          .picture(captions.url(pair.getTrainingId()), pair.getTrainingPart(), "Image " + pair.getTrainingId() + ", " + captions.className(pair.getTrainingLabel()));
      Span distance = new Span("distance " + Numbers.score(pair.getDistance())
          + (pair.getLabel() == pair.getTrainingLabel() ? "" : "; " + captions.className(pair.getLabel()) + " and " + captions.className(pair.getTrainingLabel())));
      distance.addClassName("quiet");
      pairs.add(new Div(both, distance));
    }
    String by = ", by " + measure(split.getSpec().getNearDuplicates()) + ". ";
    near.explain(page.getTotal() == 0 ? "No public image nearly shows a training image" + by : Numbers.count(page.getTotal(), "public image") + " beside the training image "
        + (page.getTotal() == 1 ? "it" : "each") + " nearly shows, nearest first" + by + "Whoever looks one up learns a label from the copy, not from memory.");
    near.setContent(pairs, nearPager);
    nearPager.setVisible(page.getTotal() > page.getPairsCount());
    near.setVisible(true);
  }

  /** What the distance of a pair is. */
  static String measure(NearDuplicates asked) {
    String most = asked.getDistance() == 0 ? "" : ", at most " + Numbers.significant(asked.getDistance());
    return (asked.getEncoder().isEmpty() ? "the root mean square difference of pixels at 16×16" : "the cosine distance of the features of " + Names.id(asked.getEncoder())) + most;
  }
}
