package dev.engram.ui.pair;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Names;
import dev.engram.v1.CreateEncoderRequest;
import dev.engram.v1.Dataset;
import dev.engram.v1.Split;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingPart;
import dev.engram.v1.TrainingRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which images one encoder is trained on: all of a data set, or parts of a split. It knows no service. */
final class ImagesForm extends Div {
  static final Split WHOLE = Split.getDefaultInstance();
  private static final List<TrainingPart> PARTS = List.of(TrainingPart.TRAINING_PART_SHARED, TrainingPart.TRAINING_PART_CANDIDATE,
      TrainingPart.TRAINING_PART_INDEPENDENT, TrainingPart.TRAINING_PART_EXTERNAL, TrainingPart.TRAINING_PART_PUBLIC);

  final Fields fields = new Fields();
  final Select<Dataset> dataset = fields.choice("spec.dataset", "Data set", List.of(), null, "");
  final Select<Split> split = fields.choice("spec.split", "Images", List.of(WHOLE), WHOLE, "");
  final MultiSelectComboBox<TrainingPart> parts = fields.several("spec.parts", "Parts", PARTS,
      Set.of(TrainingPart.TRAINING_PART_SHARED, TrainingPart.TRAINING_PART_CANDIDATE), "trained on all of them together");
  final TextField id = fields.text("encoder_id", "Id of the encoder", "", "Made up if empty. Lower-case letters, digits, dashes.");
  private List<Split> splits = List.of();

  ImagesForm() {
    dataset.setItemLabelGenerator(one -> Names.id(one.getName()) + " — " + one.getSpec().getDisplayName());
    split.setItemLabelGenerator(one -> one == WHOLE ? "the whole data set" : "parts of " + Names.id(one.getName()));
    parts.setItemLabelGenerator(part -> part.name().substring("TRAINING_PART_".length()).toLowerCase(java.util.Locale.ROOT));
    parts.setVisible(false);
    dataset.addValueChangeListener(_ -> offerSplits());
    split.addValueChangeListener(change -> parts.setVisible(change.getValue() != null && change.getValue() != WHOLE));
    add(fields);
  }

  /** Offers these; chooses the data set named, otherwise the first. */
  void offer(List<Dataset> datasets, List<Split> all, String chosen) {
    splits = all;
    dataset.setItems(datasets);
    datasets.stream().filter(one -> one.getName().equals(chosen)).findFirst().or(() -> datasets.stream().findFirst()).ifPresent(dataset::setValue);
    offerSplits();
  }

  /** Name of the data set chosen, if one is. */
  Optional<String> datasetName() {
    return Optional.ofNullable(dataset.getValue()).map(Dataset::getName);
  }

  /** The request that trains on them by this recipe, without a request id. */
  CreateEncoderRequest request(TrainingRecipe recipe) {
    TrainEncoderSpec.Builder spec = TrainEncoderSpec.newBuilder().setRecipe(recipe);
    if (split.getValue() != null && split.getValue() != WHOLE) {
      spec.setSplit(split.getValue().getName());
      PARTS.stream().filter(parts.getValue()::contains).forEach(spec::addParts);
    } else if (dataset.getValue() != null) {
      spec.setDataset(dataset.getValue().getName());
    }
    return CreateEncoderRequest.newBuilder().setEncoderId(id.getValue().strip()).setSpec(spec).build();
  }

  private void offerSplits() {
    String name = dataset.getValue() == null ? "" : dataset.getValue().getName();
    List<Split> offered = new ArrayList<>(List.of(WHOLE));
    splits.stream().filter(one -> one.getSpec().getDataset().equals(name)).forEach(offered::add);
    split.setItems(offered);
    split.setValue(WHOLE);
  }
}
