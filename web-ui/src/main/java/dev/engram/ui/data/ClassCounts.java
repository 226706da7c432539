package dev.engram.ui.data;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.shell.UrlState;
import java.util.List;

/** How many images there are of each class, as bars; a click shows that class alone. */
final class ClassCounts extends Div {

  ClassCounts(List<String> names, List<Long> counts, UrlState url) {
    addClassName("class-counts");
    long most = counts.stream().mapToLong(Long::longValue).max().orElse(0);
    int chosen = url.number("class").orElse(-1);
    for (int i = 0; i < counts.size(); i++) {
      add(row(i, i < names.size() ? names.get(i) : "class " + i, counts.get(i), most, i == chosen, url));
    }
  }

  private static NativeButton row(int label, String name, long count, long most, boolean chosen, UrlState url) {
    Span bar = new Span();
    bar.addClassName("bar");
    bar.getStyle().set("width", (most == 0 ? 0 : 100 * count / most) + "%");
    Span track = new Span(bar);
    track.addClassName("track");
    Span figure = new Span(Numbers.count(count));
    figure.addClassName("figure");
    NativeButton row = new NativeButton();
    row.add(new Span(name), track, figure);
    row.getElement().setAttribute("aria-pressed", String.valueOf(chosen));
    row.addClickListener(_ -> url.without("page").with("class", chosen ? "" : String.valueOf(label)).open());
    return row;
  }
}
