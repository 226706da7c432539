package dev.engram.ui.picture;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.component.Gallery;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.ImageScore;
import dev.engram.v1.Unit;
import java.util.List;
import java.util.function.LongFunction;

/** Units as cards with the images that drive them most; the unit the URL names is shown large. */
public final class UnitGallery extends Div {
  private static final int ON_CARD = 4;

  private final Captions captions;

  /** @param page path of the page about an image */
  public UnitGallery(List<Unit> units, Captions captions, UrlState url, LongFunction<String> page) {
    this.captions = captions;
    int open = url.number("unit").orElse(-1);
    units.stream().filter(unit -> unit.getUnit() == open).findFirst().ifPresent(unit -> add(large(unit, captions, page)));
    Div cards = new Div();
    cards.addClassName("unit-cards");
    units.forEach(unit -> cards.add(card(unit, unit.getUnit() == open, url)));
    add(cards);
    if (units.isEmpty()) {
      cards.add(new Span("No units."));
    }
  }

  private NativeButton card(Unit unit, boolean open, UrlState url) {
    Gallery images = new Gallery();
    unit.getTopImagesList().stream().limit(ON_CARD).forEach(image -> images.picture(captions.url(image.getImageId()), "", title(image, captions)));
    Span number = new Span("Unit " + unit.getUnit());
    Span score = new Span(unit.getDead() ? "dead" : Numbers.score(unit.getUnitMem()));
    score.addClassNames("quiet", "figure");
    Div head = new Div(number, score);
    head.addClassName("unit-head");
    NativeButton card = new NativeButton();
    card.add(head, images);
    card.addClassName("unit-card");
    card.getElement().setAttribute("aria-pressed", String.valueOf(open));
    card.addClickListener(_ -> url.with("unit", open ? "" : String.valueOf(unit.getUnit())).open());
    return card;
  }

  /** One unit with all its images, each a link to the page about it. */
  public static Div large(Unit unit, Captions captions, LongFunction<String> page) {
    Gallery images = new Gallery();
    images.addClassName("large");
    unit.getTopImagesList().forEach(image -> images.linked(captions.url(image.getImageId()), page.apply(image.getImageId()), title(image, captions),
        new Span(captions.label(image.getImageId()) + " · " + Numbers.significant(round(image.getScore())))));
    Span title = new Span("Unit " + unit.getUnit() + " of " + unit.getLayer());
    title.addClassName("unit-title");
    Span words = new Span(unit.getDead() ? "Never active on these images." : "UnitMem " + Numbers.score(unit.getUnitMem())
        + (unit.getTies() > 1 ? "; " + unit.getTies() + " images share the highest activation." : "; the first image owns it. Mean activations below."));
    words.addClassName("quiet");
    Div large = new Div(new Div(title), words, images);
    large.addClassName("unit-large");
    return large;
  }

  private static String title(ImageScore image, Captions captions) {
    return "Image " + image.getImageId() + ", " + captions.label(image.getImageId()) + ", mean activation "
        + Numbers.significant(round(image.getScore()));
  }

  private static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
