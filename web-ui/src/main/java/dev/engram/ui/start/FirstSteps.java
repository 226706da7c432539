package dev.engram.ui.start;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.checkpoint.ImportView;
import dev.engram.ui.component.Links;
import dev.engram.ui.component.Section;
import dev.engram.ui.pair.NewPairView;
import java.util.List;

/** The way from a file of weights, or from no encoder at all, to a map of what it memorizes and a report of what leaks. */
public final class FirstSteps extends Div {
  /** The steps in their order, each with the page where it is done. */
  static final List<Step> STEPS = List.of(
      new Step("Bring your encoder", ImportView.PATH, "Import",
          "A PyTorch or safetensors file, read without executing anything. Better two: f, which saw the candidate images, and g, which did not."),
      new Step("Name the images", "new-dataset", "Register a data set",
          "The images it was trained on, and others it never saw: a folder, CIFAR-10 or -100, Tiny-ImageNet, WebDataset shards, IDX files, or those that come along."),
      new Step("Make a pair", NewPairView.PATH, "New pair",
          "A split says which images f saw and g did not. One encoder alone can be f and g at once: UnitMem, ClassMem, probes and the test by one model read f only."),
      new Step("Measure", "pairs", "Open the pair",
          "Measure or attack → One pass: LayerMem and UnitMem of all layers, ClassMem if you like. The memory map then shows which layer, which unit, which image."),
      new Step("Attack and report", "pairs", "Open the pair",
          "Measure or attack → Déjà vu: what a corner of its background tells of an image. Leaks → Write a report of all."));

  /**
   * A step.
   *
   * @param path of the page where it is done
   * @param action what the link to that page says
   * @param words what happens there
   */
  record Step(String title, String path, String action, String words) {
  }

  public FirstSteps() {
    addClassNames("stack", "first-steps");
    OrderedList steps = new OrderedList();
    STEPS.forEach(step -> steps.add(item(step)));
    Div without = new Div(Links.button(NewPairView.PATH, "Train a pair", true), Links.button("networks", "Look at the networks", true));
    without.addClassName("actions");
    Span demo = new Span("./engram demo --quick");
    demo.addClassName("mono");
    Paragraph terminal = new Paragraph(new Span("Or let "), demo, new Span(" in a terminal train, measure and attack a small pair in three minutes; its runs appear here."));
    terminal.addClassName("explain");
    add(new Section("From your checkpoint to a report", steps).actions(Links.button(ImportView.PATH, "Import an encoder", false)),
        new Section("Without a checkpoint", without, terminal).explain(
            "Engram trains f and g itself, by the same recipe, so that what f knows of its candidates beyond g is memorization and nothing else."));
  }

  private static ListItem item(Step step) {
    Span title = new Span(step.title);
    title.addClassName("step-title");
    Span words = new Span(step.words);
    words.addClassName("explain");
    return new ListItem(title, words, link(step));
  }

  private static Component link(Step step) {
    Anchor link = new Anchor(step.path, step.action);
    link.setRouterIgnore(false);
    return link;
  }
}
