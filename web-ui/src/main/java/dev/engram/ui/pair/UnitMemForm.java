package dev.engram.ui.pair;

import com.google.protobuf.Message;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Names;
import dev.engram.v1.CreateUnitMemRequest;
import dev.engram.v1.UnitMemSpec;
import java.util.List;

/** Asks for UnitMem of every unit. */
final class UnitMemForm extends MeasureForm {
  final Select<Boolean> reference = fields.choice("reference", "Encoder", List.of(false, true), false, "");
  final IntegerField views = fields.whole("views", "Views an image", 10, "1 to 64");
  final Select<UnitMemSpec.Others> others = fields.choice("others", "The other images' activation by",
      List.of(UnitMemSpec.Others.MEAN, UnitMemSpec.Others.MEDIAN), UnitMemSpec.Others.MEAN, "");
  final Select<UnitMemSpec.Sign> sign = fields.choice("sign", "Sign of activations",
      List.of(UnitMemSpec.Sign.SIGN_UNSPECIFIED, UnitMemSpec.Sign.SIGNED, UnitMemSpec.Sign.ABSOLUTE, UnitMemSpec.Sign.RELU),
      UnitMemSpec.Sign.SIGN_UNSPECIFIED, "");
  final Select<UnitMemSpec.Tokens> tokens = fields.choice("tokens", "Tokens of a transformer",
      List.of(UnitMemSpec.Tokens.ALL, UnitMemSpec.Tokens.NO_CLASS_TOKEN), UnitMemSpec.Tokens.ALL, "");
  final ViewsChoice augmentation = views("Augmentation of the views");
  final IntegerField maxImages = fields.whole("max_images", "Images", 0, "0 means all training images");
  final TextField imageIds = fields.text("image_ids", "These images instead", "", "ids, seen in training or not; with commas between");
  final IntegerField topImages = fields.whole("top_images", "Images kept a unit", 9, "1 to 100");
  final IntegerField seed = fields.whole("seed", "Seed of the views", 0, "");
  final IntegerField shards = fields.whole("shards", "Workers that share the images", 1, "1 to 64; the result is the same");

  UnitMemForm() {
    reference.setItemLabelGenerator(value -> value ? "reference g" : "candidate f");
    tokens.setItemLabelGenerator(value -> Names.words(value.name()));
    others.setItemLabelGenerator(value -> Names.words(value.name()));
    sign.setItemLabelGenerator(value -> value == UnitMemSpec.Sign.SIGN_UNSPECIFIED ? "by the tap's kind" : Names.words(value.name()));
  }

  @Override
  CreateUnitMemRequest request(String pair) {
    UnitMemSpec.Builder spec = UnitMemSpec.newBuilder()
        .setPair(pair).setReference(reference.getValue()).setViews(Fields.or(views, 0)).setOthers(others.getValue())
        .setSign(sign.getValue()).setTokens(tokens.getValue()).setAugmentation(augmentation.name())
        .setMaxImages(Fields.or(maxImages, 0)).setTopImages(Fields.or(topImages, 0)).setSeed(Fields.or(seed, 0)).setShards(Fields.or(shards, 1))
        .addAllImageIds(Fields.listed(imageIds).stream().map(UnitMemForm::id).toList());
    augmentation.values().ifPresent(spec::setAugmentationValues);
    return CreateUnitMemRequest.newBuilder().setRunId(runId.getValue().strip()).setSpec(spec).build();
  }

  /** What is no id is left to the service to refuse, by the field. */
  private static long id(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  @Override
  boolean takes(Message preset) {
    return preset instanceof UnitMemSpec;
  }

  @Override
  void fill(Message preset) {
    UnitMemSpec spec = (UnitMemSpec) preset;
    views.setValue(spec.getViews());
    augmentation.set(spec.getAugmentation());
    others.setValue(spec.getOthers());
    tokens.setValue(spec.getTokens());
    sign.setValue(spec.getSign());
    maxImages.setValue(spec.getMaxImages());
    topImages.setValue(spec.getTopImages());
  }

  @Override
  String explanation() {
    return "Which units one image alone drives: every unit of every layer, beside the same measure with random weights.";
  }
}
