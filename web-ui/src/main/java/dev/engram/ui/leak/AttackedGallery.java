package dev.engram.ui.leak;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.PageTrail;
import dev.engram.ui.component.Pager;
import dev.engram.ui.component.Section;
import dev.engram.ui.picture.Captions;
import dev.engram.ui.picture.Pictures;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.AttackedImage;
import dev.engram.v1.Crop;
import dev.engram.v1.Dataset;
import dev.engram.v1.GetDatasetRequest;
import dev.engram.v1.ListAttackedImagesRequest;
import dev.engram.v1.ListAttackedImagesResponse;
import dev.engram.v1.Run;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The attacked images of one crop, most convincing first, each with the neighbors that voted. */
final class AttackedGallery extends Div {
  private static final int PAGE_SIZE = 12;
  private static final List<String> CELLS = List.of("memorized", "correlated", "misrepresented", "unassociated");

  private final Services services;
  private final Pictures pictures;
  private final Run run;
  private final Uni<String> dataset;
  private final int index;
  private final Crop crop;
  private final UrlState url;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "attack", notice::show);
  private final Div cards = new Div();
  private final Pager pager;

  /** @param dataset name of the data set the images are of */
  AttackedGallery(Services services, Pictures pictures, Run run, Uni<String> dataset, int index, Crop crop, UrlState url) {
    this.services = services;
    this.pictures = pictures;
    this.run = run;
    this.dataset = dataset;
    this.index = index;
    this.crop = crop;
    this.url = url;
    pager = new Pager(token -> url.with("page", token).open());
    cards.addClassName("attack-cards");
    add(new Section("Examples", notice, cards, pager).actions(cells())
        .explain("Each image with the crop the adversary had, and the public images nearest to the crop in both encoders."));
  }

  @Override
  protected void onAttach(AttachEvent event) {
    calls.ask(dataset, name -> calls.ask(services.datasets().getDataset(GetDatasetRequest.newBuilder().setName(name).build()), found ->
        calls.ask(services.attack().listAttackedImages(ListAttackedImagesRequest.newBuilder().setRun(run.getName()).setCrop(index)
            .setCell(cell()).setPageSize(PAGE_SIZE).setPageToken(PageTrail.of(url.get("page")).token()).build()), answer -> fetch(found, answer))));
  }

  private void fetch(Dataset dataset, ListAttackedImagesResponse answer) {
    pager.show(PageTrail.of(url.get("page")), answer.getNextPageToken());
    Set<Long> whole = new LinkedHashSet<>();
    Set<Long> cropped = new LinkedHashSet<>();
    for (AttackedImage image : answer.getImagesList()) {
      whole.add(image.getImageId());
      cropped.add(image.getImageId());
      whole.addAll(image.getTarget().getNeighborsList());
      whole.addAll(image.getReference().getNeighborsList());
    }
    calls.ask(pictures.fetch(dataset.getName(), whole, Crop.getDefaultInstance()), found ->
        calls.ask(pictures.fetch(dataset.getName(), cropped, crop), _ -> show(answer.getImagesList(), new Captions(dataset, found))));
  }

  private void show(List<AttackedImage> images, Captions captions) {
    cards.removeAll();
    if (images.isEmpty()) {
      cards.add(new Paragraph(cell().isEmpty() ? "No image was attacked." : "No image is " + cell() + "."));
    }
    images.forEach(image -> cards.add(new AttackedCard(image, crop, captions)));
  }

  private String cell() {
    String asked = url.get("cell");
    return asked.equals("all") ? "" : CELLS.contains(asked) ? asked : "memorized";
  }

  private Select<String> cells() {
    Select<String> select = new Select<>();
    select.setLabel("Show");
    select.setItems(java.util.stream.Stream.concat(CELLS.stream(), java.util.stream.Stream.of("all")).toList());
    select.setValue(cell().isEmpty() ? "all" : cell());
    select.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.without("page").with("cell", change.getValue()).open();
      }
    });
    return select;
  }
}
