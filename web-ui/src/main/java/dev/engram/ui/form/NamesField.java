package dev.engram.ui.form;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import dev.engram.v1.Architecture;
import dev.engram.v1.ModuleNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A choice of several names out of those there are, as of the layers of a network. Others can be typed: what there is may not be known yet, or not all of it. */
public final class NamesField extends MultiSelectComboBox<String> {
  /** Stands for every layer. */
  static final String EVERY = "*";

  private final List<String> always;
  private List<String> offered;

  NamesField(String label, List<String> always) {
    super(label);
    this.always = List.copyOf(always);
    setAllowCustomValue(true);
    setAutoExpand(AutoExpandMode.VERTICAL);
    offer(List.of());
    addCustomValueSetListener(typed -> {
      Set<String> all = new LinkedHashSet<>(getValue());
      all.addAll(split(typed.getDetail()));
      choose(all);
    });
  }

  /** Offers these names behind those that are always offered; what is chosen stays. */
  public void offer(Collection<String> names) {
    offered = Stream.concat(always.stream(), names.stream()).distinct().toList();
    choose(getValue());
  }

  /** Offers the layers of a network, in forward order. */
  public void offerLayers(Architecture network) {
    offer(layers(network));
  }

  /** Paths of the layers of a network whose outputs can be read, in forward order. */
  public static List<String> layers(Architecture network) {
    List<String> paths = new ArrayList<>();
    addLayers(network.getRoot(), paths);
    return paths;
  }

  /** Chooses exactly these. */
  public void choose(Collection<String> names) {
    Set<String> chosen = new LinkedHashSet<>(names);
    setItems(Stream.concat(offered.stream(), chosen.stream()).distinct().toList());
    setValue(chosen);
  }

  /** What is chosen: in the order in which it is offered, then what was typed. */
  public List<String> chosen() {
    Set<String> chosen = getValue();
    return Stream.concat(offered.stream().filter(chosen::contains), chosen.stream().filter(name -> !offered.contains(name))).toList();
  }

  private static List<String> split(String text) {
    return Stream.of(text.split("[,\\s]+")).filter(name -> !name.isEmpty()).toList();
  }

  private static void addLayers(ModuleNode node, List<String> paths) {
    if (!node.getKind().isEmpty()) {
      paths.add(node.getPath());
    }
    node.getChildrenList().forEach(child -> addLayers(child, paths));
  }
}
