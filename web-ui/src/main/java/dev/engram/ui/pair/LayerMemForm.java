package dev.engram.ui.pair;

import com.google.protobuf.Message;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Names;
import dev.engram.v1.CreateLayerMemRequest;
import dev.engram.v1.Distance;
import dev.engram.v1.LayerMemSpec;
import java.util.List;

/** Asks for SSLMem and LayerMem of every layer. */
final class LayerMemForm extends MeasureForm {
  final IntegerField views = fields.whole("views", "Views an image", 10, "2 to 64");
  final Select<LayerMemSpec.Compared> compared = fields.choice("compared", "Distances between",
      List.of(LayerMemSpec.Compared.VIEWS, LayerMemSpec.Compared.ORIGINAL), LayerMemSpec.Compared.VIEWS, "");
  final Select<Distance> distance = fields.choice("distance", "Distance",
      List.of(Distance.L2, Distance.L1, Distance.COSINE, Distance.ANGULAR), Distance.L2, "");
  final Select<LayerMemSpec.Normalization> normalization = fields.choice("normalization", "Normalization of scores",
      List.of(LayerMemSpec.Normalization.RATIO, LayerMemSpec.Normalization.RANGE), LayerMemSpec.Normalization.RATIO,
      "By the range, a score compares with nothing outside its run");
  final ViewsChoice augmentation = views("Augmentation of the views");
  final IntegerField maxImages = fields.whole("max_images", "Images a subset", 0, "0 means all");
  final IntegerField seed = fields.whole("seed", "Seed of the views", 0, "");
  final IntegerField shards = fields.whole("shards", "Workers that share the images", 1, "1 to 64; the result is the same");
  final Checkbox pooled = fields.check("pooled", "Mean over positions before the distance", false);
  final Checkbox raw = fields.check("raw", "Raw vectors, not scaled to unit norm", false);

  LayerMemForm() {
    compared.setItemLabelGenerator(value -> value == LayerMemSpec.Compared.ORIGINAL ? "the image and its views (published code)" : "views (Eq. 1)");
    normalization.setItemLabelGenerator(value -> value == LayerMemSpec.Normalization.RANGE ? "by the run's range (published code)" : "ratio (Eq. 2)");
    distance.setItemLabelGenerator(value -> Names.words(value.name()));
  }

  @Override
  CreateLayerMemRequest request(String pair) {
    LayerMemSpec.Builder spec = LayerMemSpec.newBuilder()
        .setPair(pair).setViews(Fields.or(views, 0)).setCompared(compared.getValue()).setDistance(distance.getValue()).setNormalization(normalization.getValue())
        .setAugmentation(augmentation.name()).setMaxImages(Fields.or(maxImages, 0))
        .setSeed(Fields.or(seed, 0)).setShards(Fields.or(shards, 1)).setPooled(pooled.getValue()).setRaw(raw.getValue());
    augmentation.values().ifPresent(spec::setAugmentationValues);
    return CreateLayerMemRequest.newBuilder().setRunId(runId.getValue().strip()).setSpec(spec).build();
  }

  @Override
  boolean takes(Message preset) {
    return preset instanceof LayerMemSpec;
  }

  @Override
  void fill(Message preset) {
    LayerMemSpec spec = (LayerMemSpec) preset;
    views.setValue(spec.getViews());
    augmentation.set(spec.getAugmentation());
    compared.setValue(spec.getCompared() == LayerMemSpec.Compared.ORIGINAL ? LayerMemSpec.Compared.ORIGINAL : LayerMemSpec.Compared.VIEWS);
    distance.setValue(spec.getDistance());
    normalization.setValue(spec.getNormalization());
    maxImages.setValue(spec.getMaxImages());
    pooled.setValue(spec.getPooled());
    raw.setValue(spec.getRaw());
  }

  @Override
  String explanation() {
    return "Which layers keep single images: the score of every layer, on every subset of the split, in one pass.";
  }
}
