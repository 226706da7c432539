package dev.engram.ui.run;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.component.Facts;
import dev.engram.ui.component.LinkList;
import dev.engram.ui.component.Links;
import dev.engram.ui.format.Kind;
import dev.engram.v1.Run;
import java.util.List;

/** What a run used and what uses its result. */
final class LineagePanel extends Div {

  LineagePanel(Run run, List<Run> consumers) {
    Facts facts = new Facts();
    String pair = Kind.pair(run.getSpec());
    if (!pair.isEmpty()) {
      facts.add("Pair", Links.to(pair));
    }
    facts.add("Needs", new LinkList(run.getDependenciesList().stream().map(Links::to).toList(), "nothing"));
    facts.add("Read", new LinkList(run.getInputsList().stream()
        .map(input -> new Span(new Span(input.getRole() + " "), Links.to(input.getArtifact()))).toList(), "nothing yet"));
    facts.add("Made", new LinkList(run.getArtifactsList().stream()
        .map(made -> new Span(new Span(made.getRole() + " "), Links.to(made.getArtifact()))).toList(), "nothing yet"));
    facts.add("Used by", new LinkList(consumers.stream().map(consumer -> Links.to(consumer.getName())).toList(), "no run"));
    add(facts);
  }
}
