package dev.engram.ui.encoder;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.Architecture;
import dev.engram.v1.ModuleNode;
import dev.engram.v1.TensorDescription;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A network's layers as a tree: kind, shape of the output, units and trainable values of each. A layer opens to its tensors; the
 * browser alone opens and closes.
 */
public final class ArchitectureTree extends Div {
  /** A tree of at most this many layers is open from the start. */
  private static final int OPEN_LAYERS = 40;

  public ArchitectureTree(Architecture architecture) {
    addClassName("architecture");
    Div head = row(new Span("Layer"), "Kind", "Output", "Units", "Parameters");
    head.addClassName("head");
    add(head);
    boolean open = layers(architecture.getRoot()) <= OPEN_LAYERS;
    children(architecture.getRoot(), open).forEach(this::add);
  }

  /** Layers below a node that are no groups. */
  static int layers(ModuleNode node) {
    return (node.getKind().isEmpty() ? 0 : 1) + node.getChildrenList().stream().mapToInt(ArchitectureTree::layers).sum();
  }

  /** {@code 64 × 32 × 32}; empty for a group. */
  public static String shape(List<Long> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(" × "));
  }

  /** Name of a node below its parent: {@code layer1.0.conv1} below {@code layer1.0} is {@code conv1}. */
  static String localName(String path, String parent) {
    return !parent.isEmpty() && path.startsWith(parent + ".") ? path.substring(parent.length() + 1) : path;
  }

  private static List<Component> children(ModuleNode node, boolean open) {
    return node.getChildrenList().stream().map(child -> node(child, node.getPath(), open)).toList();
  }

  private static Component node(ModuleNode node, String parent, boolean open) {
    Span name = new Span(localName(node.getPath(), parent));
    name.setTitle(node.getPath());
    name.addClassName("layer-name");
    Div row = row(name, node.getKind().replace('_', ' '), shape(node.getOutputShapeList()),
        node.getUnits() == 0 ? "" : Numbers.count(node.getUnits()), node.getParameters() == 0 ? "" : Numbers.count(node.getParameters()));
    row.getElement().setAttribute("data-layer", node.getPath());
    if (node.getChildrenCount() == 0 && node.getTensorsCount() == 0) {
      row.addClassName("leaf");
      return row;
    }
    NativeDetails details = new NativeDetails();
    details.setSummary(row);
    Div below = new Div();
    below.addClassName("below");
    node.getTensorsList().forEach(tensor -> below.add(tensor(tensor)));
    children(node, open).forEach(below::add);
    details.setContent(below);
    details.setOpen(open && node.getChildrenCount() > 0);
    return details;
  }

  private static Div tensor(TensorDescription tensor) {
    Span name = new Span(tensor.getName());
    name.addClassName("mono");
    Div row = row(name, tensor.getType() + (tensor.getParameter() ? "" : ", buffer"), shape(tensor.getShapeList()), "", "");
    row.addClassName("tensor");
    return row;
  }

  private static Div row(Component name, String kind, String output, String units, String parameters) {
    Div row = new Div(name, new Span(kind), new Span(output), figure(units), figure(parameters));
    row.addClassName("layer-row");
    return row;
  }

  private static Span figure(String text) {
    Span span = new Span(text);
    span.addClassName("figure");
    return span;
  }
}
