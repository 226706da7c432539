package dev.engram.ui.pair;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import dev.engram.ui.form.Fields;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.Crop;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.PeripheryCrop;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks for a label inference from background crops. */
final class DejaVuForm extends MeasureForm {
  static final String BESIDE = "beside the object";
  private static final Map<String, Crop.Corner> CORNERS = Map.of("lower left", Crop.Corner.LOWER_LEFT, "lower right", Crop.Corner.LOWER_RIGHT,
      "upper left", Crop.Corner.UPPER_LEFT, "upper right", Crop.Corner.UPPER_RIGHT);
  private static final List<String> CROPS = List.of("lower left", "lower right", "upper left", "upper right", BESIDE);

  final MultiSelectComboBox<String> crops = fields.several("crops", "Crops", CROPS, Set.of("lower left"), "beside the object: only with boxes");
  final NumberField fraction = fields.decimal("fraction", "Size of a corner", 0.3, "share of each side, between 0 and 1");
  final IntegerField k = fields.whole("k", "Neighbors that vote", null, "empty: a quarter of the smallest public class, at most 100");
  final Select<String> cut = fields.choice("cut", "Compared at", List.of("projector", "backbone"), "projector", "");
  final IntegerField resamples = fields.whole("resamples", "Bootstrap resamples", 2000, "100 to 100,000");
  final IntegerField seed = fields.whole("seed", "Seed of the bootstrap", 0, "");
  final Checkbox cosine = fields.check("cosine", "Compare by cosine instead of L2", false);

  @Override
  CreateDejaVuRequest request(String pair) {
    DejaVuSpec.Builder spec = DejaVuSpec.newBuilder().setPair(pair).setK(Fields.or(k, 0)).setCut(cut.getValue())
        .setCosine(cosine.getValue()).setResamples(Fields.or(resamples, 0)).setSeed(Fields.or(seed, 0));
    CROPS.stream().filter(crops.getValue()::contains).forEach(crop -> spec.addCrops(crop(crop)));
    return CreateDejaVuRequest.newBuilder().setRunId(runId.getValue().strip()).setSpec(spec).build();
  }

  @Override
  String explanation() {
    return "Whether the class of a training image can be told from its background: an attack on both encoders, and who wins where.";
  }

  private Crop crop(String name) {
    return name.equals(BESIDE) ? Crop.newBuilder().setPeriphery(PeripheryCrop.getDefaultInstance()).build()
        : Crop.newBuilder().setCorner(CornerCrop.newBuilder().setCorner(CORNERS.get(name)).setFraction(Fields.or(fraction, 0.0))).build();
  }
}
