package dev.engram.ui.leak;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.form.NamesField;
import dev.engram.v1.DejaVuSpec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The fields of a déjà vu attack that are the same whomever it is against: from where, at which cut, how many vote. */
public final class DejaVuSettings {
  /** Ends of an encoder at which it can be compared, beside its layers. */
  static final List<String> ENDS = List.of("projector", "backbone", "logits");

  public final MultiSelectComboBox<String> crops;
  public final TextField fraction;
  public final IntegerField minSide;
  public final IntegerField k;
  public final NeighborLimit limit;
  public final NamesField cuts;

  /**
   * Adds them to a form.
   *
   * @param path of the attack in the request, with the dot behind it; empty for the request's spec
   */
  public DejaVuSettings(Fields fields, String path) {
    crops = fields.several(path + "crops", "Crops", Crops.NAMES, Set.of("lower left"), "beside the object: only with boxes");
    fraction = fields.text("fraction", "Sizes of a corner", "0.3", "shares of each side, between 0 and 1; with commas between");
    minSide = fields.whole("min_side", "Shorter side of a patch over, px", null, "empty: a quarter of the image's shorter side");
    k = fields.whole(path + "k", "Neighbors that vote", null, "at most the images of the smallest public class; empty: a quarter of these, at most 100");
    cuts = fields.names(path + "cuts", "Compared at", ENDS, Set.of("projector"), "logits: of a supervised pair; layers are averaged over positions");
    limit = new NeighborLimit(k);
    crops.addValueChangeListener(_ -> refresh());
    refresh();
  }

  /** What they say; against whom is left out. */
  public DejaVuSpec.Builder spec() {
    DejaVuSpec.Builder spec = DejaVuSpec.newBuilder().setK(Fields.or(k, 0)).addAllCuts(cuts.chosen());
    Crops.NAMES.stream().filter(crops.getValue()::contains).flatMap(name -> Crops.named(name, Fields.listed(fraction)).stream())
        .forEach(crop -> spec.addCrops(Crops.over(crop, minSide.getValue())));
    return spec;
  }

  /** Takes what a spec says of them. */
  public void fill(DejaVuSpec spec) {
    crops.setValue(spec.getCropsList().stream().map(Crops::name).collect(Collectors.toCollection(LinkedHashSet::new)));
    List<String> sizes = spec.getCropsList().stream().filter(crop -> crop.hasCorner()).map(crop -> String.valueOf(crop.getCorner().getFraction())).distinct().toList();
    if (!sizes.isEmpty()) {
      fraction.setValue(String.join(", ", sizes));
    }
    minSide.setValue(spec.getCropsList().stream().map(Crops::minSide).filter(side -> side != null).findFirst().orElse(null));
    k.setValue(spec.getK() == 0 ? null : spec.getK());
    cuts.choose(spec.getCutsCount() == 0 ? List.of("projector") : spec.getCutsList());
  }

  private void refresh() {
    fraction.setVisible(crops.getValue().stream().anyMatch(name -> Crops.named(name, 0).hasCorner()));
    minSide.setVisible(crops.getValue().stream().anyMatch(name -> !Crops.named(name, 0).hasCorner()));
  }
}
