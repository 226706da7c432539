package dev.engram.ui.leak;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Names;
import dev.engram.v1.OneModelSpec;
import java.util.List;

/** The fields of a test of one model, whomever it is of. */
public final class OneModelSettings {
  public final Select<String> crop;
  public final NumberField fraction;
  public final TextField cut;
  public final IntegerField k;
  public final Select<OneModelSpec.NaiveBayes> naiveBayes;
  public final IntegerField tags;
  public final IntegerField resamples;
  public final IntegerField seed;
  public final Checkbox cosine;

  /** Adds them to a form. */
  public OneModelSettings(Fields fields) {
    crop = fields.choice("crop", "Crop", Crops.NAMES, "lower left", "beside the object: only with boxes");
    fraction = fields.decimal("crop.corner.fraction", "Size of a corner", 0.3, "share of each side, between 0 and 1");
    cut = fields.text("cut", "Compared at", "", "empty: the projector where there is one; backbone, or a layer's path");
    k = fields.whole("k", "Neighbors that vote", null, "empty: a quarter of the smallest public class, at most 100");
    naiveBayes = fields.choice("naive_bayes", "Naive Bayes",
        List.of(OneModelSpec.NaiveBayes.PRODUCT_OF_POSTERIORS, OneModelSpec.NaiveBayes.TEXTBOOK),
        OneModelSpec.NaiveBayes.PRODUCT_OF_POSTERIORS, "product of posteriors: as published");
    naiveBayes.setItemLabelGenerator(way -> Names.words(way.name()));
    tags = fields.whole("tags", "Color tags", 3, "of a crop, 1 to 10");
    resamples = fields.whole("resamples", "Bootstrap resamples", 2000, "100 to 100,000");
    seed = fields.whole("seed", "Seed", 0, "");
    cosine = fields.check("cosine", "Compare by cosine instead of L2", false);
    crop.addValueChangeListener(change -> fraction.setVisible(Crops.named(change.getValue(), 0).hasCorner()));
  }

  /** What they say; of whom is left out. */
  public OneModelSpec.Builder spec() {
    return OneModelSpec.newBuilder().setCrop(Crops.named(crop.getValue(), Fields.or(fraction, 0.0)))
        .setCut(cut.getValue().strip()).setK(Fields.or(k, 0)).setNaiveBayes(naiveBayes.getValue()).setTags(Fields.or(tags, 0))
        .setResamples(Fields.or(resamples, 0)).setSeed(Fields.or(seed, 0)).setCosine(cosine.getValue());
  }
}
