package dev.engram.ui.map;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Names;
import dev.engram.ui.picture.Pictures;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.FollowsUrl;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.Encoder;
import dev.engram.v1.ListEncodersRequest;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The memory map of an encoder, alone or beside another one. Its whole state is in the URL: {@code measure}, {@code rows}, {@code run},
 * {@code beside}, and what was chosen in it: {@code layer}, {@code unit}, {@code image}.
 */
public final class MapPanel extends Div implements FollowsUrl {
  private final Services services;
  private final Pictures pictures;
  private final String encoder;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "metrics", notice::show);
  private final Div choices = new Div();
  private final Div left = new Div();
  private final Div right = new Div();
  private final Div columns = new Div(left, right);
  private final MapSection map;
  private UrlState url;
  private List<String> others = List.of();
  private Measured first;
  private Optional<Measured> second = Optional.empty();

  /** @param encoder {@code encoders/x} */
  public MapPanel(Services services, Pictures pictures, String encoder, UrlState url) {
    this.services = services;
    this.pictures = pictures;
    this.encoder = encoder;
    this.url = url;
    map = new MapSection(layer -> this.url.without("unit", "page", "image").with("layer", layer.equals(this.url.get("layer")) ? "" : layer).open());
    addClassName("stack");
    choices.addClassName("filters");
    columns.addClassName("memory-map");
    left.addClassName("stack");
    right.addClassName("stack");
    columns.setVisible(false);
    add(notice, choices, columns);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    calls.ask(services.trainer().listEncoders(ListEncodersRequest.newBuilder().setPageSize(1000).build()), answer -> {
      others = answer.getEncodersList().stream().filter(one -> !one.getCheckpoint().isEmpty()).map(Encoder::getName)
          .filter(name -> !name.equals(encoder)).map(Names::id).toList();
      ask();
    });
  }

  @Override
  public void follow(UrlState next) {
    UrlState before = url;
    url = next;
    notice.clear();
    boolean other = !Objects.equals(before.get("beside"), next.get("beside")) || !Objects.equals(before.get("run"), next.get("run"));
    if (other || first == null) {
      ask();
      return;
    }
    show();
    boolean chosen = List.of("layer", "unit", "image", "page").stream().anyMatch(name -> !before.get(name).equals(next.get(name)));
    if (chosen && !next.get("layer").concat(next.get("image")).isEmpty()) {
      // On a narrow screen what was chosen is below the map.
      right.getElement().executeJs("const top = this.getBoundingClientRect().top;"
          + " if (top > innerHeight * 0.7 || top < -200) this.scrollIntoView({ block: 'start', behavior: 'smooth' })");
    }
  }

  private void ask() {
    String beside = url.get("beside");
    Uni<Optional<Measured>> other = beside.isEmpty() ? Uni.createFrom().item(Optional.empty()) : measured("encoders/" + beside).map(Optional::of);
    calls.ask(Uni.combine().all().unis(measured(encoder), other).asTuple(), both -> {
      first = both.getItem1();
      second = both.getItem2();
      show();
    });
  }

  private Uni<Measured> measured(String name) {
    return EncoderMeasures.find(services, name).onItem().transformToUni(found -> Measured.ask(services, found, url.get("run")));
  }

  private void show() {
    List<Lens> lenses = Lens.of(first);
    choices.removeAll();
    columns.setVisible(true);
    columns.getElement().setAttribute("data-beside", second.isPresent());
    right.removeAll();
    if (lenses.isEmpty()) {
      left.removeAll();
      left.add(new Section("Nothing measured yet", new Paragraph("No measure of " + Names.id(encoder)
          + " has ended yet. LayerMem, UnitMem, ClassMem and probes by layer color this map; Measure or attack, above, starts them.")));
      return;
    }
    MapState state = MapState.of(url, lenses);
    choices.add(MapChoices.of(url, state, lenses, first, others));
    map.show(first, second, state);
    if (map.getParent().isEmpty()) {
      left.removeAll();
      left.add(map);
    }
    focus().ifPresent(right::add);
    right.add(new MapTable(first, second.filter(measured -> !state.readings(measured).isEmpty()), state, url));
  }

  private Optional<Component> focus() {
    if (!url.get("image").isEmpty()) {
      return url.number("image").isPresent() ? Optional.of(new ImageFocus(services, pictures, first, url)) : Optional.empty();
    }
    return MapRows.find(first.measures().encoder().getArchitecture().getRoot(), url.get("layer")).filter(module -> !module.getPath().isEmpty())
        .map(module -> new LayerFocus(services, pictures, first, module, url));
  }
}
