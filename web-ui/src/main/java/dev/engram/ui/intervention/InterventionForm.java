package dev.engram.ui.intervention;

import com.google.protobuf.Message;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.data.SplitWords;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.v1.Architecture;
import dev.engram.v1.Encoder;
import dev.engram.v1.EncoderDescription;
import dev.engram.v1.Run;
import dev.engram.v1.Split;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks how something is done to an encoder: what there is to name is picked from a list, what does not apply is not shown. It knows no
 * service.
 */
abstract class InterventionForm extends Div {
  final Choices choices;
  final Fields fields = new Fields();

  InterventionForm(Choices choices) {
    this.choices = choices;
    addClassName("stack-small");
    add(fields);
  }

  /** What is asked for. */
  abstract Message spec();

  /** Takes what a preset says; encoders and runs stay as they are picked. */
  abstract void fill(Message preset);

  /** Whether all that has to be numbers is; if not, says so at the fields. */
  boolean readable() {
    return true;
  }

  /** Where violations are shown, innermost last. */
  List<Fields> groups() {
    return List.of(fields);
  }

  /** Picks these layers, and this unit of them, where the form asks for such. */
  abstract void point(List<EditableLayer> layers, OptionalInt unit);

  /** Where another encoder is picked, if one is. */
  Optional<ComboBox<Encoder>> other() {
    return Optional.empty();
  }

  /** Takes what the other encoder is: says at its field if it is of another network. */
  void describe(EncoderDescription other) {
    other().ifPresent(field -> {
      String problem = difference(choices.source().getArchitecture(), other.getArchitecture());
      field.setErrorMessage(problem);
      field.setInvalid(!problem.isEmpty());
    });
  }

  /** @param help what none means; empty for the usual ones, which are then named */
  final MultiSelectComboBox<EditableLayer> layers(String path, String help) {
    return layers(path, "Layers", choices.layers(), help);
  }

  /** Layers, or blocks as a whole. */
  final MultiSelectComboBox<EditableLayer> parts(String path, String help) {
    List<EditableLayer> parts = choices.parts();
    return layers(path, parts.size() > choices.layers().size() ? "Layers or blocks" : "Layers", parts, help);
  }

  private MultiSelectComboBox<EditableLayer> layers(String path, String label, List<EditableLayer> offered, String help) {
    MultiSelectComboBox<EditableLayer> field = fields.several(path, label, offered, Set.of(), help.isEmpty() ? usual() : help);
    field.setItemLabelGenerator(EditableLayer::words);
    field.setAutoExpand(MultiSelectComboBox.AutoExpandMode.VERTICAL);
    field.setSelectedItemsOnTop(false);
    field.addClassName("wide");
    return field;
  }

  final ComboBox<Encoder> encoder(String path, String label, List<Encoder> offered, String help) {
    ComboBox<Encoder> field = fields.pick(path, label, offered, Choices::words, help);
    field.addClassName("wide");
    offered.stream().findFirst().ifPresentOrElse(field::setValue, () -> field.setHelperText("There is no other encoder of this network yet."));
    return field;
  }

  final ComboBox<Run> unitMem(String path) {
    ComboBox<Run> field = fields.pick(path, "UnitMem of the encoder", choices.unitMems(), Choices::words, "What says which units memorize most");
    field.addClassName("wide");
    choices.unitMems().stream().findFirst().ifPresentOrElse(field::setValue, () -> {
      field.setHelperText("There is none of this encoder yet.");
      fields.add(measureFirst());
    });
    return field;
  }

  final Checkbox beforeActivation(String path) {
    return fields.check(path, "UnitMem of the layer itself, before normalization and activation", false);
  }

  final ComboBox<Split> split(String path, String label) {
    ComboBox<Split> field = fields.pick(path, label, choices.probed(), SplitWords::probed, "Empty: the one it was trained on");
    field.setClearButtonVisible(true);
    return field;
  }

  /** Paths of these layers and blocks, in forward order. */
  final List<String> paths(Collection<EditableLayer> picked) {
    return choices.parts().stream().filter(picked::contains).map(EditableLayer::path).toList();
  }

  /** The layers and blocks of these paths, as far as the network has them. */
  final Set<EditableLayer> of(List<String> paths) {
    return choices.parts().stream().filter(layer -> paths.contains(layer.path())).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  static String name(ComboBox<?> field) {
    return switch (field.getValue()) {
      case Encoder encoder -> encoder.getName();
      case Run run -> run.getName();
      case Split split -> split.getName();
      case null, default -> "";
    };
  }

  /** Why layers of one cannot take the place of the other's; empty if they can. */
  static String difference(Architecture one, Architecture other) {
    if (!one.getNetwork().equals(other.getNetwork())) {
      return "Is a " + other.getNetwork() + ", this encoder a " + one.getNetwork() + ".";
    }
    if (one.getChannels() != other.getChannels() || one.getSide() != other.getSide()) {
      return "Takes images of " + input(other) + ", this encoder of " + input(one) + ".";
    }
    return EditableLayer.of(one).equals(EditableLayer.of(other)) ? "" : "Has other layers: it is of the same network with other options.";
  }

  private String usual() {
    List<EditableLayer> usual = choices.usualLayers();
    boolean all = usual.stream().allMatch(layer -> layer.kind().equals("conv"));
    return "None: all " + usual.size() + (all ? " convolutions" : " fully connected layers" + (usual.size() < choices.layers().size() ? " around a GELU" : ""));
  }

  private static String input(Architecture network) {
    return network.getChannels() + " × " + network.getSide() + " × " + network.getSide();
  }

  /** Where a UnitMem can be started: on the page of each pair the encoder is in. */
  private Div measureFirst() {
    List<Component> links = new ArrayList<>();
    choices.source().getPairsList().forEach(pair -> {
      Anchor link = new Anchor("pairs/" + Names.id(pair) + "/measure?kind=" + Kind.UNIT_MEM.filter(), "UnitMem of " + Names.id(pair));
      link.setRouterIgnore(false);
      links.add(link);
    });
    Div line = new Div(new Span(links.isEmpty() ? "UnitMem is measured of the encoders of a pair: make one with this encoder first."
        : "Start one: "));
    line.add(links);
    line.addClassNames("quiet", "wide");
    return line;
  }
}
