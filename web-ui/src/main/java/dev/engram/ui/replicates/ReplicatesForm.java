package dev.engram.ui.replicates;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Names;
import dev.engram.v1.ClassMemSpec;
import dev.engram.v1.CreateReplicatesRequest;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.Pair;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.ReplicatesPlan;
import dev.engram.v1.UnitMemSpec;
import java.util.List;

/** Asks which pair is trained anew, with which seeds, and what is measured of each. Knows no service. */
final class ReplicatesForm extends Div {
  final Fields fields = new Fields();
  final Select<Pair> pair = fields.choice("plan.split", "As this pair", List.of(), null, "Its split and recipe, with other seeds");
  final TextField seeds = fields.text("plan.seeds", "Seeds", "1, 2, 3", "2 to 50 whole numbers; with 3 an interval is 4 standard errors to each side");
  private final Span measuresHeading = fields.heading("Measured of each pair");
  final Checkbox layerMem = fields.check("plan.layer_mem", "LayerMem", true);
  final Checkbox unitMem = fields.check("plan.unit_mem", "UnitMem", true);
  final Checkbox classMem = fields.check("plan.class_mem", "ClassMem", false);
  final Checkbox probe = fields.check("plan.probe", "Probe of every layer", true);
  final Checkbox dejaVu = fields.check("plan.deja_vu", "Déjà vu", false);
  private final Span settingsHeading = fields.heading("Settings of the measures");
  final IntegerField views = fields.whole("plan.layer_mem.views", "Views an image", 10, "Of LayerMem and UnitMem");
  final IntegerField maxImages = fields.whole("plan.layer_mem.max_images", "Images a subset", 0, "0 means all; for all measures");
  final TextField runId = fields.text("run_id", "Name", "", "Made up if empty, at most 32 characters; pairs are called name-s1 and so on");

  ReplicatesForm() {
    pair.setItemLabelGenerator(one -> one == null ? "" : Names.id(one.getName()));
    add(fields);
  }

  /** Offers the pairs that were trained by a recipe; the one the URL names is chosen, otherwise the newest. */
  void offer(List<Pair> pairs, String wanted) {
    List<Pair> trained = pairs.stream().filter(Pair::hasRecipe).toList();
    pair.setItems(trained);
    trained.stream().filter(one -> Names.id(one.getName()).equals(wanted)).findFirst().or(() -> trained.stream().findFirst()).ifPresent(pair::setValue);
  }

  /** Whether the seeds can be read; says so at their field if not. */
  boolean readable() {
    boolean readable = seeds.getValue().strip().matches("[0-9]{1,12}(\\s*[,;\\s]\\s*[0-9]{1,12})*");
    seeds.setInvalid(!readable);
    seeds.setErrorMessage(readable ? "" : "must be whole numbers, separated by commas");
    return readable;
  }

  CreateReplicatesRequest request() {
    ReplicatesPlan.Builder plan = ReplicatesPlan.newBuilder();
    if (pair.getValue() != null) {
      plan.setSplit(pair.getValue().getSplit()).setRecipe(pair.getValue().getRecipe().toBuilder().clearSeed());
    }
    for (String seed : seeds.getValue().strip().split("[,;\\s]+")) {
      plan.addSeeds(Long.parseLong(seed));
    }
    int images = Fields.or(maxImages, 0);
    int seen = Fields.or(views, 0);
    if (layerMem.getValue()) {
      plan.setLayerMem(LayerMemSpec.newBuilder().setViews(seen).setMaxImages(images));
    }
    if (unitMem.getValue()) {
      plan.setUnitMem(UnitMemSpec.newBuilder().setViews(seen).setMaxImages(images));
    }
    if (classMem.getValue()) {
      plan.setClassMem(ClassMemSpec.newBuilder().setMaxImages(images));
    }
    if (probe.getValue()) {
      plan.setProbe(ProbeSpec.newBuilder().addLayers("*"));
    }
    if (dejaVu.getValue()) {
      plan.setDejaVu(DejaVuSpec.getDefaultInstance());
    }
    return CreateReplicatesRequest.newBuilder().setRunId(runId.getValue().strip()).setPlan(plan).build();
  }
}
