package dev.engram.ui.pair;

import com.google.protobuf.Message;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.form.NamesField;
import dev.engram.ui.format.Names;
import dev.engram.ui.leak.DejaVuSettings;
import dev.engram.v1.Architecture;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.Pair;
import java.util.List;
import java.util.Set;

/** Asks for a label inference from background crops. */
final class DejaVuForm extends MeasureForm {
  final DejaVuSettings settings = new DejaVuSettings(fields, "");
  final NamesField replicates = fields.names("replicates", "Replicates", List.of(), Set.of(), "");
  final IntegerField resamples = fields.whole("resamples", "Bootstrap resamples", 2000, "100 to 100,000");
  final IntegerField seed = fields.whole("seed", "Seed of the bootstrap", 0, "");
  final Checkbox balanced = fields.check("balanced_public_set", "As many public images of each class as of the smallest", false);
  final Checkbox probes = fields.check("probe_control", "Fit linear probes beside it, as a control", false);
  final Checkbox cosine = fields.check("cosine", "Compare by cosine instead of L2", false);

  DejaVuForm() {
    offerPairs(Pair.getDefaultInstance(), List.of());
  }

  @Override
  CreateDejaVuRequest request(String pair) {
    DejaVuSpec.Builder spec = settings.spec().setPair(pair)
        .addAllReplicates(replicates.chosen().stream().map(id -> id.contains("/") ? id : "pairs/" + id).toList()).setCosine(cosine.getValue())
        .setBalancedPublicSet(balanced.getValue()).setProbeControl(probes.getValue()).setResamples(Fields.or(resamples, 0))
        .setSeed(Fields.or(seed, 0));
    return CreateDejaVuRequest.newBuilder().setRunId(runId.getValue().strip()).setSpec(spec).build();
  }

  @Override
  boolean takes(Message preset) {
    return preset instanceof DejaVuSpec;
  }

  @Override
  void fill(Message preset) {
    DejaVuSpec spec = (DejaVuSpec) preset;
    settings.fill(spec);
    balanced.setValue(spec.getBalancedPublicSet());
    probes.setValue(spec.getProbeControl());
    cosine.setValue(spec.getCosine());
  }

  @Override
  void limit(int smallestClass) {
    settings.limit.set(smallestClass);
  }

  @Override
  boolean readable() {
    return settings.limit.holds();
  }

  @Override
  void offerLayers(Architecture network) {
    settings.cuts.offerLayers(network);
  }

  /** Pairs of the same recipe, on other splits or with other seeds. */
  @Override
  void offerPairs(Pair own, List<Pair> pairs) {
    List<String> alike = pairs.stream().filter(pair -> pair.hasRecipe() && !pair.getName().equals(own.getName()))
        .filter(pair -> pair.getRecipe().toBuilder().clearSeed().build().equals(own.getRecipe().toBuilder().clearSeed().build()))
        .map(pair -> Names.id(pair.getName())).toList();
    replicates.offer(alike);
    replicates.setHelperText(alike.isEmpty() ? "No further pair of this recipe yet; other pairs by their ids" : "Further pairs of this recipe; others by their ids");
  }

  @Override
  String explanation() {
    return "Whether the class of a training image can be told from its background: an attack on both encoders, and who wins where.";
  }
}
