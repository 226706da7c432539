package dev.engram.ui.leak;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.form.NamesField;
import dev.engram.ui.format.Names;
import dev.engram.v1.Architecture;
import dev.engram.v1.OneModelSpec;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The fields of a test of one model, whomever it is of. */
public final class OneModelSettings {
  private static final List<String> ENDS = List.of("projector", "backbone");

  public final Select<String> crop;
  public final NumberField fraction;
  public final IntegerField minSide;
  public final ComboBox<String> cut;
  public final IntegerField k;
  public final NeighborLimit limit;
  public final Select<OneModelSpec.NaiveBayes> naiveBayes;
  public final IntegerField tags;
  public final IntegerField resamples;
  public final IntegerField seed;
  public final Checkbox cosine;

  /** Adds them to a form. */
  public OneModelSettings(Fields fields) {
    crop = fields.choice("crop", "Crop", Crops.NAMES, "lower left", "beside the object: only with boxes");
    fraction = fields.decimal("crop.corner.fraction", "Size of a corner", 0.3, "share of each side, between 0 and 1");
    minSide = fields.whole("min_side", "Shorter side of a patch over, px", null, "empty: a quarter of the image's shorter side");
    cut = fields.pick("cut", "Compared at", ENDS, Function.identity(), "empty: the projector where there is one; layers are averaged over positions");
    k = fields.whole("k", "Neighbors that vote", null, "at most the images of the smallest public class; empty: a quarter of these, at most 100");
    naiveBayes = fields.choice("naive_bayes", "Naive Bayes",
        List.of(OneModelSpec.NaiveBayes.PRODUCT_OF_POSTERIORS, OneModelSpec.NaiveBayes.TEXTBOOK),
        OneModelSpec.NaiveBayes.PRODUCT_OF_POSTERIORS, "product of posteriors: as published");
    naiveBayes.setItemLabelGenerator(way -> Names.words(way.name()));
    tags = fields.whole("tags", "Color tags", 3, "of a crop, 1 to 10");
    resamples = fields.whole("resamples", "Bootstrap resamples", 2000, "100 to 100,000");
    seed = fields.whole("seed", "Seed", 0, "");
    cosine = fields.check("cosine", "Compare by cosine instead of L2", false);
    cut.setClearButtonVisible(true);
    cut.setAllowCustomValue(true);
    cut.addCustomValueSetListener(typed -> cut.setValue(typed.getDetail().strip()));
    limit = new NeighborLimit(k);
    crop.addValueChangeListener(_ -> refresh());
    refresh();
  }

  /** What they say; of whom is left out. */
  public OneModelSpec.Builder spec() {
    return OneModelSpec.newBuilder().setCrop(Crops.over(Crops.named(crop.getValue(), Fields.or(fraction, 0.0)), minSide.getValue()))
        .setCut(Fields.or(cut, "")).setK(Fields.or(k, 0)).setNaiveBayes(naiveBayes.getValue()).setTags(Fields.or(tags, 0))
        .setResamples(Fields.or(resamples, 0)).setSeed(Fields.or(seed, 0)).setCosine(cosine.getValue());
  }

  /** Takes what a spec says of them, but for resamples and seed. */
  public void fill(OneModelSpec spec) {
    crop.setValue(Crops.name(spec.getCrop()));
    if (spec.getCrop().hasCorner()) {
      fraction.setValue(spec.getCrop().getCorner().getFraction());
    }
    minSide.setValue(Crops.minSide(spec.getCrop()));
    cut.setValue(spec.getCut().isEmpty() ? null : spec.getCut());
    k.setValue(spec.getK() == 0 ? null : spec.getK());
    naiveBayes.setValue(spec.getNaiveBayes());
    tags.setValue(spec.getTags());
    cosine.setValue(spec.getCosine());
  }

  /** Offers the layers of the network as cuts. */
  public void offerLayers(Architecture network) {
    String chosen = cut.getValue();
    cut.setItems(Stream.concat(ENDS.stream(), NamesField.layers(network).stream()).toList());
    cut.setValue(chosen);
  }

  private void refresh() {
    boolean corner = Crops.named(crop.getValue(), 0).hasCorner();
    fraction.setVisible(corner);
    minSide.setVisible(!corner);
  }
}
