package dev.engram.ui.form;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.combobox.ComboBoxBase;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import dev.engram.v1.Architecture;
import dev.engram.v1.ModuleNode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamesFieldTest {
  private final NamesField cuts = new Fields().names("cuts", "Cuts", List.of("projector", "backbone"), Set.of("projector"), "");

  @Test
  void whatIsTypedIsChosenBesideWhatIsOffered() {
    type(" layer3, layer1 ,");
    assertEquals(List.of("projector", "layer3", "layer1"), cuts.chosen());
    assertEquals(Set.of("projector", "backbone", "layer3", "layer1"), offered());
  }

  @Test
  void layersThatBecomeKnownTakeTheirPlaceAndWhatIsChosenStays() {
    type("layer3, projector.0");
    cuts.offerLayers(Architecture.newBuilder().setRoot(ModuleNode.newBuilder()
        .addChildren(ModuleNode.newBuilder().setPath("layer1").addChildren(ModuleNode.newBuilder().setPath("layer1.conv").setKind("conv")))
        .addChildren(ModuleNode.newBuilder().setPath("layer3").setKind("conv"))).build());
    assertEquals(Set.of("projector", "backbone", "layer1.conv", "layer3", "projector.0"), offered());
    cuts.choose(List.of("projector.0", "layer3", "backbone"));
    assertEquals(List.of("backbone", "layer3", "projector.0"), cuts.chosen());
    cuts.choose(List.of());
    assertEquals(Set.of("projector", "backbone", "layer1.conv", "layer3"), offered());
  }

  private void type(String text) {
    ComponentUtil.fireEvent(cuts, new ComboBoxBase.CustomValueSetEvent<MultiSelectComboBox<String>>(cuts, true, text));
  }

  private Set<String> offered() {
    return Set.copyOf(cuts.getListDataView().getItems().toList());
  }
}
