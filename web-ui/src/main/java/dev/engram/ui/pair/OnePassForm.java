package dev.engram.ui.pair;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Names;
import dev.engram.v1.ClassMemSpec;
import dev.engram.v1.CreateMeasuresRequest;
import dev.engram.v1.Distance;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.MeasuresSpec;
import dev.engram.v1.PassMeasure;
import dev.engram.v1.UnitMemSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Asks for several measures in one pass over images and views. */
final class OnePassForm extends MeasureForm {
  static final String LAYERS = "LayerMem";
  static final String UNITS = "UnitMem";
  static final String CLASSES = "ClassMem";

  final MultiSelectComboBox<String> measures = fields.several("measures", "Measures", List.of(LAYERS, UNITS, CLASSES), Set.of(LAYERS, UNITS), "");
  final IntegerField views = fields.whole("views", "Views an image", 10, "2 to 64");
  final ViewsChoice augmentation = views("Augmentation of the views");
  final IntegerField subset = fields.whole("layer_mem.max_images", "Images a subset (LayerMem)", 0, "0 means all");
  final Select<Distance> distance = fields.choice("distance", "Distance (LayerMem)",
      List.of(Distance.L2, Distance.L1, Distance.COSINE, Distance.ANGULAR), Distance.L2, "");
  final IntegerField training = fields.whole("max_images", "Images (UnitMem, ClassMem)", 0, "0 means all");
  final Select<UnitMemSpec.Others> others = fields.choice("others", "Other images by (UnitMem)",
      List.of(UnitMemSpec.Others.MEAN, UnitMemSpec.Others.MEDIAN), UnitMemSpec.Others.MEAN, "");
  final IntegerField topImages = fields.whole("top_images", "Images a unit (UnitMem)", 9, "1 to 100");
  final IntegerField seed = fields.whole("seed", "Seed of the views", 0, "");
  final IntegerField shards = fields.whole("shards", "Workers that share the images", 1, "1 to 64; the results are the same");
  final Checkbox reference = fields.check("reference", "Units and classes of reference g, too", false);

  OnePassForm() {
    distance.setItemLabelGenerator(value -> Names.words(value.name()));
    others.setItemLabelGenerator(value -> Names.words(value.name()));
  }

  @Override
  CreateMeasuresRequest request(String pair) {
    MeasuresSpec.Builder spec = MeasuresSpec.newBuilder().setPair(pair).setViews(Fields.or(views, 0)).setAugmentation(augmentation.name())
        .setSeed(Fields.or(seed, 0)).setShards(Fields.or(shards, 1));
    augmentation.values().ifPresent(spec::setAugmentationValues);
    if (measures.getValue().contains(LAYERS)) {
      spec.addMeasures(PassMeasure.newBuilder().setLayerMem(LayerMemSpec.newBuilder().setDistance(distance.getValue()).setMaxImages(Fields.or(subset, 0))));
    }
    for (boolean ofG : reference.getValue() ? List.of(false, true) : List.of(false)) {
      Stream.of(UNITS, CLASSES).filter(measures.getValue()::contains).forEach(measure -> spec.addMeasures(ofUnits(measure, ofG)));
    }
    return CreateMeasuresRequest.newBuilder().setRunId(runId.getValue().strip()).setSpec(spec).build();
  }

  private PassMeasure ofUnits(String measure, boolean ofG) {
    int images = Fields.or(training, 0);
    return measure.equals(CLASSES)
        ? PassMeasure.newBuilder().setClassMem(ClassMemSpec.newBuilder().setReference(ofG).setMaxImages(images)).build()
        : PassMeasure.newBuilder().setUnitMem(UnitMemSpec.newBuilder().setReference(ofG).setOthers(others.getValue()).setMaxImages(images)
            .setTopImages(Fields.or(topImages, 0))).build();
  }

  @Override
  String explanation() {
    return "Several measures of the same views in one pass: each view is made once and goes once through each encoder. Every measure has a run of its own, with "
        + "the result that it would have by itself.";
  }
}
