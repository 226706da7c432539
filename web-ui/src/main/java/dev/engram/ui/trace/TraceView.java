package dev.engram.ui.trace;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.Section;
import dev.engram.ui.form.Fields;
import dev.engram.ui.form.RequestIds;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.leak.AttackedCard;
import dev.engram.ui.leak.Crops;
import dev.engram.ui.picture.Captions;
import dev.engram.ui.picture.Pictures;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.AttackedImage;
import dev.engram.v1.CreateTracedPruningRequest;
import dev.engram.v1.CreateTracedPruningResponse;
import dev.engram.v1.Crop;
import dev.engram.v1.GetDatasetRequest;
import dev.engram.v1.GetDejaVuResultRequest;
import dev.engram.v1.GetPairRequest;
import dev.engram.v1.GetRunRequest;
import dev.engram.v1.ListAttackedImagesRequest;
import dev.engram.v1.ListRunsRequest;
import dev.engram.v1.Pair;
import dev.engram.v1.Run;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One attacked image, or all that are memorized at a crop, and the units they own; and a button that prunes these and attacks again. The URL says
 * {@code attack}, {@code crop}, {@code image}, and what is asked of the units.
 */
@Route("trace")
@PageTitle("Trace · Engram")
public class TraceView extends Div implements BeforeEnterObserver {
  private static final int MOST_RUNS = 1000;

  private final Services services;
  private final Pictures pictures;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "attack", this::refused);
  private final RequestIds ids = new RequestIds();
  private final Div links = new Div();
  private final PageHeader header = new PageHeader("Trace", "").actions(links);
  private final Div content = new Div();
  private final Div units = new Div();
  private TraceForm form = new TraceForm();
  private Button start = new Button();
  private UrlState url;

  @Inject
  public TraceView(Services services, Pictures pictures) {
    this.services = services;
    this.pictures = pictures;
    addClassName("page");
    content.addClassName("stack");
    links.addClassName("link-list");
    add(header, notice, content);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    url = UrlState.of(event.getLocation());
    notice.clear();
    content.removeAll();
    units.removeAll();
    form = new TraceForm();
    form.read(url);
    calls.cancelAll();
    String attack = "runs/" + url.get("attack");
    header.setTitle(url.number("image").isPresent() ? "Image " + url.get("image") : "All memorized images");
    calls.ask(services.runs().getRun(GetRunRequest.newBuilder().setName(attack).build()), run ->
        calls.ask(services.trainer().getPair(GetPairRequest.newBuilder().setName(run.getSpec().getDejaVu().getPair()).build()), pair ->
            calls.ask(services.attack().getDejaVuResult(GetDejaVuResultRequest.newBuilder().setRun(attack).build()), result -> {
              int index = Math.min(url.number("crop").orElse(0), result.getCropsCount() - 1);
              Crop crop = result.getCrops(index).getCrop();
              header.setLine("Attacked from " + Crops.words(crop) + " at the " + result.getCrops(index).getCut() + ", pair " + Names.id(pair.getName()));
              links.removeAll();
              links.add(Links.to(pair.getName(), "Pair"), attackLink());
              show(pair, crop);
            })));
  }

  private Anchor attackLink() {
    Anchor link = new Anchor("deja-vu/" + url.get("attack") + (url.get("crop").isEmpty() ? "" : "?crop=" + url.get("crop")), "Attack");
    link.setRouterIgnore(false);
    return link;
  }

  private void show(Pair pair, Crop crop) {
    if (url.number("image").isEmpty()) {
      offer(pair, "");
      return;
    }
    calls.ask(services.attack().listAttackedImages(ListAttackedImagesRequest.newBuilder().setRun("runs/" + url.get("attack"))
        .setCrop(url.number("crop").orElse(0)).setImageId(url.number("image").getAsInt()).build()), found -> {
          if (found.getImagesCount() == 0) {
            content.add(new Section("The image", new Paragraph("It was not attacked from this crop.")));
            return;
          }
          card(pair, found.getImages(0), crop);
          offer(pair, found.getImages(0).getDirection());
        });
  }

  /** The image with its crop, and the neighbors under both encoders. */
  private void card(Pair pair, AttackedImage image, Crop crop) {
    Set<Long> whole = new LinkedHashSet<>(Set.of(image.getImageId()));
    whole.addAll(image.getTarget().getNeighborsList());
    whole.addAll(image.getReference().getNeighborsList());
    Section section = new Section("The image").explain("What the adversary had of it, and the public images nearest to that in both encoders.");
    content.addComponentAsFirst(section);
    calls.ask(services.datasets().getDataset(GetDatasetRequest.newBuilder().setName(pair.getDataset()).build()), dataset ->
        calls.ask(pictures.fetch(pair.getDataset(), whole, Crop.getDefaultInstance()), found ->
            calls.ask(pictures.fetch(pair.getDataset(), List.of(image.getImageId()), crop), _ ->
                section.setContent(new AttackedCard(image, crop, new Captions(dataset, found))))));
  }

  /** @param direction of the image; empty if it is not about a single one */
  private void offer(Pair pair, String direction) {
    ListRunsRequest request = ListRunsRequest.newBuilder().setFilter("kind = unit_mem AND state = SUCCEEDED").setPageSize(MOST_RUNS).build();
    calls.ask(services.runs().listRuns(request), answer -> {
      List<Run> measured = answer.getRunsList().stream()
          .filter(run -> run.getSpec().getUnitMem().getPair().equals(pair.getName()))
          .filter(run -> direction.isEmpty() || run.getSpec().getUnitMem().getReference() == direction.equals("independent"))
          .toList();
      if (measured.isEmpty()) {
        content.add(new Section("Its units", new Paragraph("There is no UnitMem of the encoder that saw it yet."),
            Links.to(pair.getName(), "Measure one on the page of the pair")));
        return;
      }
      form.offer(measured, url.get("units"));
      show();
    });
  }

  private void show() {
    Button again = new Button("Show these", _ -> form.write(url).open());
    start = new Button("Prune them and attack again", _ -> start());
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    Div buttons = new Div(again);
    buttons.addClassName("actions");
    content.add(new Section(url.number("image").isPresent() ? "Its units" : "Their units", form, buttons, units)
            .explain("An image owns a unit if no other image of the encoder's training data drives it more. UnitMem says by how much; before training it "
                + "says how much of that is nothing but the network."),
        new Section("Without these units", form.how, new Div(start))
            .explain("Makes an encoder without these units, others without as many random units of the same layers, and repeats the attack and a linear probe "
                + "on each. The comparison with the random ones tells whether it matters whose the units were."));
    calls.ask(services.attack().createTracedPruning(form.request(url).toBuilder().setValidateOnly(true).build()), this::show);
  }

  private void show(CreateTracedPruningResponse said) {
    form.offerLayers(said.getUnits().getLayersList());
    units.removeAll();
    if (url.number("image").isEmpty()) {
      units.add(new Paragraph(Numbers.count(said.getImagesCount(), "memorized image") + ", the most convincing first."));
    }
    units.add(new OwnedUnitsTable(said.getUnits(), said.getImagesCount()));
  }

  private void start() {
    notice.clear();
    List.of(form.which, form.how).forEach(Fields::clear);
    start.setEnabled(false);
    CreateTracedPruningRequest request = form.request(url);
    calls.ask(services.attack().createTracedPruning(request.toBuilder().setRequestId(ids.of(request)).build()),
        made -> UI.getCurrent().navigate("traced-pruning/" + Names.id(made.getRun())));
  }

  private void refused(Failure failure) {
    start.setEnabled(true);
    notice.show(new Failure(failure.code(), failure.message(), form.how.show(form.which.show(failure.violations()))));
  }
}
