package dev.engram.ui.pair;

import com.google.protobuf.Message;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Names;
import dev.engram.v1.ClassMemSpec;
import dev.engram.v1.CreateClassMemRequest;
import dev.engram.v1.UnitMemSpec;
import java.util.List;

/** Asks for ClassMem and ClassSelectivity of every unit. */
final class ClassMemForm extends MeasureForm {
  final Select<Boolean> reference = fields.choice("reference", "Encoder", List.of(false, true), false, "");
  final IntegerField views = fields.whole("views", "Views an image", 0, "0: the image as it is; at most 64");
  final Select<UnitMemSpec.Sign> sign = fields.choice("sign", "Sign of activations",
      List.of(UnitMemSpec.Sign.SIGN_UNSPECIFIED, UnitMemSpec.Sign.SIGNED, UnitMemSpec.Sign.ABSOLUTE, UnitMemSpec.Sign.RELU),
      UnitMemSpec.Sign.SIGN_UNSPECIFIED, "");
  final ViewsChoice augmentation = views("Augmentation of the views");
  final IntegerField maxImages = fields.whole("max_images", "Images of each part", 0, "0 means all");
  final IntegerField seed = fields.whole("seed", "Seed", 0, "");
  final IntegerField shards = fields.whole("shards", "Workers that share the images", 1, "1 to 64; the result is the same");

  ClassMemForm() {
    reference.setItemLabelGenerator(value -> value ? "reference g" : "candidate f");
    sign.setItemLabelGenerator(value -> value == UnitMemSpec.Sign.SIGN_UNSPECIFIED ? "by the tap's kind" : Names.words(value.name()));
  }

  @Override
  CreateClassMemRequest request(String pair) {
    ClassMemSpec.Builder spec = ClassMemSpec.newBuilder()
        .setPair(pair).setReference(reference.getValue()).setViews(Fields.or(views, 0)).setSign(sign.getValue())
        .setAugmentation(augmentation.name()).setMaxImages(Fields.or(maxImages, 0))
        .setSeed(Fields.or(seed, 0)).setShards(Fields.or(shards, 1));
    augmentation.values().ifPresent(spec::setAugmentationValues);
    return CreateClassMemRequest.newBuilder().setRunId(runId.getValue().strip()).setSpec(spec).build();
  }

  @Override
  boolean takes(Message preset) {
    return preset instanceof ClassMemSpec;
  }

  @Override
  void fill(Message preset) {
    ClassMemSpec spec = (ClassMemSpec) preset;
    views.setValue(spec.getViews());
    augmentation.set(spec.getAugmentation());
    maxImages.setValue(spec.getMaxImages());
  }

  @Override
  String explanation() {
    return "Which units one class alone drives: on the encoder's training images (ClassMem) and on images it has not seen (ClassSelectivity).";
  }
}
