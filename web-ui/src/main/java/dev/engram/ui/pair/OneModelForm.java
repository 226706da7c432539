package dev.engram.ui.pair;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Names;
import dev.engram.ui.leak.Crops;
import dev.engram.v1.CreateOneModelRequest;
import dev.engram.v1.OneModelSpec;
import java.util.List;

/** Asks for a test of each encoder by itself. */
final class OneModelForm extends MeasureForm {
  final Select<String> crop = fields.choice("crop", "Crop", Crops.NAMES, "lower left", "beside the object: only with boxes");
  final NumberField fraction = fields.decimal("crop.corner.fraction", "Size of a corner", 0.3, "share of each side, between 0 and 1");
  final TextField cut = fields.text("cut", "Compared at", "", "empty: the projector where there is one; backbone, or a layer's path");
  final IntegerField k = fields.whole("k", "Neighbors that vote", null, "empty: a quarter of the smallest public class, at most 100");
  final Select<OneModelSpec.NaiveBayes> naiveBayes = fields.choice("naive_bayes", "Naive Bayes",
      List.of(OneModelSpec.NaiveBayes.PRODUCT_OF_POSTERIORS, OneModelSpec.NaiveBayes.TEXTBOOK),
      OneModelSpec.NaiveBayes.PRODUCT_OF_POSTERIORS, "product of posteriors: as published");
  final IntegerField tags = fields.whole("tags", "Color tags", 3, "of a crop, 1 to 10");
  final IntegerField resamples = fields.whole("resamples", "Bootstrap resamples", 2000, "100 to 100,000");
  final IntegerField seed = fields.whole("seed", "Seed", 0, "");
  final Checkbox cosine = fields.check("cosine", "Compare by cosine instead of L2", false);

  OneModelForm() {
    naiveBayes.setItemLabelGenerator(way -> Names.words(way.name()));
  }

  @Override
  CreateOneModelRequest request(String pair) {
    OneModelSpec spec = OneModelSpec.newBuilder().setPair(pair).setCrop(Crops.named(crop.getValue(), Fields.or(fraction, 0.0)))
        .setCut(cut.getValue().strip()).setK(Fields.or(k, 0)).setNaiveBayes(naiveBayes.getValue()).setTags(Fields.or(tags, 0))
        .setResamples(Fields.or(resamples, 0)).setSeed(Fields.or(seed, 0)).setCosine(cosine.getValue()).build();
    return CreateOneModelRequest.newBuilder().setRunId(runId.getValue().strip()).setSpec(spec).build();
  }

  @Override
  String explanation() {
    return "Déjà vu of each encoder without the other: what its background tells of an image is learned from crops of other images. "
        + "Compared with the verdicts of both together.";
  }
}
