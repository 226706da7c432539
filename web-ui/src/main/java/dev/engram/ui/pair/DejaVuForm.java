package dev.engram.ui.pair;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.leak.Crops;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.DejaVuSpec;
import java.util.Set;

/** Asks for a label inference from background crops. */
final class DejaVuForm extends MeasureForm {
  final MultiSelectComboBox<String> crops = fields.several("crops", "Crops", Crops.NAMES, Set.of("lower left"), "beside the object: only with boxes");
  final TextField fraction = fields.text("fraction", "Sizes of a corner", "0.3", "shares of each side, between 0 and 1; with commas between");
  final IntegerField k = fields.whole("k", "Neighbors that vote", null, "empty: a quarter of the smallest public class, at most 100");
  final TextField cuts = fields.text("cuts", "Compared at", "projector", "projector, backbone, logits of a supervised pair, layer paths; with commas between");
  final TextField replicates = fields.text("replicates", "Replicates", "", "ids of further pairs of the same recipe; with commas between");
  final IntegerField resamples = fields.whole("resamples", "Bootstrap resamples", 2000, "100 to 100,000");
  final IntegerField seed = fields.whole("seed", "Seed of the bootstrap", 0, "");
  final Checkbox balanced = fields.check("balanced_public_set", "As many public images of each class as of the smallest", false);
  final Checkbox probes = fields.check("probe_control", "Fit linear probes beside it, as a control", false);
  final Checkbox cosine = fields.check("cosine", "Compare by cosine instead of L2", false);

  @Override
  CreateDejaVuRequest request(String pair) {
    DejaVuSpec.Builder spec = DejaVuSpec.newBuilder().setPair(pair).setK(Fields.or(k, 0)).addAllCuts(listed(cuts))
        .addAllReplicates(listed(replicates).stream().map(id -> "pairs/" + id).toList()).setCosine(cosine.getValue())
        .setBalancedPublicSet(balanced.getValue()).setProbeControl(probes.getValue()).setResamples(Fields.or(resamples, 0))
        .setSeed(Fields.or(seed, 0));
    Crops.NAMES.stream().filter(crops.getValue()::contains).forEach(crop -> spec.addAllCrops(Crops.named(crop, listed(fraction))));
    return CreateDejaVuRequest.newBuilder().setRunId(runId.getValue().strip()).setSpec(spec).build();
  }

  @Override
  String explanation() {
    return "Whether the class of a training image can be told from its background: an attack on both encoders, and who wins where.";
  }
}
