package dev.engram.ui.pair;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Gallery;
import dev.engram.ui.component.PageTrail;
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
import dev.engram.v1.ImageLayerScore;
import dev.engram.v1.ListImageScoresRequest;
import dev.engram.v1.ListImageScoresResponse;
import dev.engram.v1.Run;
import java.util.List;

/** A page of images in the order of their scores, each with its class, score and part of the split. */
final class ScoredImages extends Div {
  private static final int PAGE_SIZE = 24;

  private final Services services;
  private final Pictures pictures;
  private final PairRuns runs;
  private final ListImageScoresRequest request;
  private final PageTrail trail;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "metrics", notice::show);
  private final Div gallery = new Div();
  private final Section section;
  private final Pager pager;

  /** @param least lowest scores first; the place in the listing is the URL's value {@code least}, otherwise {@code most} */
  ScoredImages(String title, boolean least, Services services, Pictures pictures, PairRuns runs, Run run, String layer,
      String subset, UrlState url) {
    this.services = services;
    this.pictures = pictures;
    this.runs = runs;
    String name = least ? "least" : "most";
    trail = PageTrail.of(url.get(name));
    request = ListImageScoresRequest.newBuilder().setRun(run.getName()).setLayer(layer).setSubset(subset).setLeastFirst(least)
        .setPageSize(PAGE_SIZE).setPageToken(trail.token()).build();
    pager = new Pager(page -> url.with(name, page).open());
    section = new Section(title, notice, gallery, pager);
    getElement().setAttribute("data-order", name);
    add(section);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    String dataset = runs.pair().getDataset();
    calls.ask(services.metrics().listImageScores(request), answer -> {
      List<Long> images = answer.getImagesList().stream().map(ImageLayerScore::getImageId).toList();
      calls.ask(services.datasets().getDataset(GetDatasetRequest.newBuilder().setName(dataset).build()), found ->
          calls.ask(pictures.fetch(dataset, images, Crop.getDefaultInstance()), shown -> show(answer, found, new Captions(found, shown))));
    });
  }

  private void show(ListImageScoresResponse answer, Dataset dataset, Captions captions) {
    section.explain(Numbers.count(answer.getTotal(), "image") + " of " + dataset.getSpec().getDisplayName() + " by their score at "
        + answer.getLayer() + "; " + (answer.getDegenerate() == 0 ? "none is degenerate."
            : Numbers.count(answer.getDegenerate()) + " of them degenerate (both distances 0, score 0)."));
    pager.show(trail, answer.getNextPageToken());
    gallery.removeAll();
    if (answer.getImagesCount() == 0) {
      gallery.add(new Paragraph("The split has no image of this subset."));
      return;
    }
    Gallery pictures = new Gallery();
    pictures.addClassName("scored");
    answer.getImagesList().forEach(image -> pictures.linked(captions.url(image.getImageId()), page(image.getImageId()), title(image, captions), words(image, captions)));
    gallery.add(pictures);
  }

  private String page(long image) {
    return PairSection.MAP.of(Names.id(runs.pair().getName())) + "?image=" + image;
  }

  private static Span[] words(ImageLayerScore image, Captions captions) {
    Span score = new Span(image.getDegenerate() ? "degenerate" : Numbers.score(image.getScore()));
    score.addClassName("score-value");
    Span subset = new Span(image.getSubset());
    subset.addClassName("subset");
    subset.getElement().setAttribute("data-subset", image.getSubset());
    return new Span[] {score, new Span(captions.label(image.getImageId())), subset};
  }

  private static String title(ImageLayerScore image, Captions captions) {
    return "Image " + image.getImageId() + ", " + captions.label(image.getImageId()) + ", " + image.getSubset() + ": score "
        + Numbers.score(image.getScore()) + ", mean distance of its views " + Numbers.significant(image.getDistanceF()) + " under f, "
        + Numbers.significant(image.getDistanceG()) + " under g";
  }
}
