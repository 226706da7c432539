package dev.engram.ui.leak;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.PageTrail;
import dev.engram.ui.component.Pager;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Names;
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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The attacked images of one crop, most convincing first, each with the neighbors that voted. */
final class AttackedGallery extends Div {
  private static final int PAGE_SIZE = 12;
  private static final String ANY = "any";
  private static final Map<String, Double> CONFIDENCES = new TreeMap<>(Map.of("all agree", 0.0, "over −0.5 nats", -0.5, "over −1 nat", -1.0));
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
  private final Select<Integer> classes = new Select<>();
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
    classes.setLabel("Class");
    classes.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.without("page").with("class", change.getValue() < 0 ? "" : String.valueOf(change.getValue())).open();
      }
    });
    Section section = new Section("Examples", notice, cards, pager).actions(cells(), classes, confidences());
    if (run.getSpec().hasDejaVu()) {
      section.actions(units("", "Units of all memorized"));
    }
    add(section
        .explain("Each image with the crop the adversary had, and the public images nearest to the crop in both encoders."));
  }

  @Override
  protected void onAttach(AttachEvent event) {
    ListAttackedImagesRequest.Builder request = ListAttackedImagesRequest.newBuilder().setRun(run.getName()).setCrop(index).setCell(cell())
        .setPageSize(PAGE_SIZE).setPageToken(PageTrail.of(url.get("page")).token());
    url.number("class").ifPresent(request::setLabel);
    leastConfidence().ifPresent(request::setLeastConfidence);
    calls.ask(dataset, name -> calls.ask(services.datasets().getDataset(GetDatasetRequest.newBuilder().setName(name).build()), found -> {
      offer(found.getSummary().getClassNamesList());
      calls.ask(services.attack().listAttackedImages(request.build()), answer -> fetch(found, answer));
    }));
  }

  /** The classes to choose from, the one of the URL chosen. */
  private void offer(List<String> names) {
    List<Integer> labels = new ArrayList<>(IntStream.range(-1, names.size()).boxed().toList());
    classes.setItems(labels);
    classes.setItemLabelGenerator(label -> label < 0 ? "all classes" : names.get(label));
    int chosen = url.number("class").orElse(-1);
    classes.setValue(chosen < names.size() ? chosen : -1);
  }

  private OptionalDouble leastConfidence() {
    return CONFIDENCES.containsKey(url.get("sure")) ? OptionalDouble.of(CONFIDENCES.get(url.get("sure"))) : OptionalDouble.empty();
  }

  private Select<String> confidences() {
    Select<String> select = new Select<>();
    select.setLabel("Target's confidence");
    List<String> items = new ArrayList<>(CONFIDENCES.keySet());
    items.addFirst(ANY);
    select.setItems(items);
    select.setValue(items.contains(url.get("sure")) ? url.get("sure") : ANY);
    select.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.without("page").with("sure", change.getValue().equals(ANY) ? "" : change.getValue()).open();
      }
    });
    return select;
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
    images.forEach(image -> {
      AttackedCard card = new AttackedCard(image, crop, captions);
      cards.add(run.getSpec().hasDejaVu() ? card.linked(units("&image=" + image.getImageId(), "Its units")) : card);
    });
  }

  /** To the units that attacked images own. */
  private Anchor units(String images, String text) {
    Anchor link = new Anchor("trace?attack=" + Names.id(run.getName()) + "&crop=" + index + images, text);
    link.setRouterIgnore(false);
    return link;
  }

  private String cell() {
    String asked = url.get("cell");
    return asked.equals("all") ? "" : CELLS.contains(asked) ? asked : "memorized";
  }

  private Select<String> cells() {
    Select<String> select = new Select<>();
    select.setLabel("Show");
    select.setItems(Stream.concat(CELLS.stream(), Stream.of("all")).toList());
    select.setValue(cell().isEmpty() ? "all" : cell());
    select.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        url.without("page").with("cell", change.getValue()).open();
      }
    });
    return select;
  }
}
