package dev.engram.ui.pair;

import com.google.protobuf.Message;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.engram.ui.form.Fields;
import dev.engram.v1.CreateInvarianceRequest;
import dev.engram.v1.InvarianceSpec;

/** Asks for the invariance of both encoders to each operation of an augmentation. */
final class InvarianceForm extends MeasureForm {
  final IntegerField draws = fields.whole("draws", "Draws of each operation an image", 4, "1 to 32");
  final ViewsChoice augmentation = views("Augmentation whose operations are taken");
  final IntegerField maxImages = fields.whole("max_images", "Images a subset", 200, "0 means all");
  final IntegerField seed = fields.whole("seed", "Seed of the draws", 0, "");
  final IntegerField shards = fields.whole("shards", "Workers that share the images", 1, "1 to 64; the result is the same");
  final Checkbox pooled = fields.check("pooled", "Mean over positions before the distance", false);

  @Override
  CreateInvarianceRequest request(String pair) {
    InvarianceSpec.Builder spec = InvarianceSpec.newBuilder()
        .setPair(pair).setDraws(Fields.or(draws, 0)).setAugmentation(augmentation.name())
        .setMaxImages(Fields.or(maxImages, 0)).setSeed(Fields.or(seed, 0)).setShards(Fields.or(shards, 1)).setPooled(pooled.getValue());
    augmentation.values().ifPresent(spec::setAugmentationValues);
    return CreateInvarianceRequest.newBuilder().setRunId(runId.getValue().strip()).setSpec(spec).build();
  }

  @Override
  boolean takes(Message preset) {
    return preset instanceof InvarianceSpec;
  }

  @Override
  void fill(Message preset) {
    InvarianceSpec spec = (InvarianceSpec) preset;
    draws.setValue(spec.getDraws());
    augmentation.set(spec.getAugmentation());
    maxImages.setValue(spec.getMaxImages());
    pooled.setValue(spec.getPooled());
  }

  @Override
  String explanation() {
    return "How far each operation of the augmentation, by itself, moves an image at every layer: in f and g, on candidates and on images "
        + "nobody saw.";
  }
}
