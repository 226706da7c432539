package dev.engram.ui.similarity;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Names;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.CkaSpec;
import dev.engram.v1.CreateCkaRequest;
import java.util.List;

/** Asks which two encoders are compared, and on which images. Knows no service. */
final class CkaForm extends Div {
  final Fields fields = new Fields();
  final Select<String> first = fields.choice("first", "First encoder (up)", List.of(), null, "");
  final Select<String> second = fields.choice("second", "Second encoder (right)", List.of(), null, "The same one shows its own layers");
  final Select<String> dataset = fields.choice("dataset", "Images of", List.of(), null, "Both see them as they are");
  final IntegerField maxImages = fields.whole("max_images", "Images", 2048, "At least a batch; drawn by the seed");
  final IntegerField batchSize = fields.whole("batch_size", "Images a batch", 256, "4 to 512");
  final Select<CkaSpec.Estimator> estimator = fields.choice("estimator", "Estimate",
      List.of(CkaSpec.Estimator.UNBIASED, CkaSpec.Estimator.BIASED), CkaSpec.Estimator.UNBIASED,
      "The biased one finds wide layers alike that are not");
  final Checkbox pooled = fields.check("pooled", "Mean over positions", false);
  final IntegerField seed = fields.whole("seed", "Seed of the images", 0, "");
  final TextField runId = fields.text("run_id", "Name of the run", "", "Made up if empty");

  CkaForm() {
    first.setItemLabelGenerator(Names::id);
    second.setItemLabelGenerator(Names::id);
    dataset.setItemLabelGenerator(Names::id);
    estimator.setItemLabelGenerator(value -> Names.words(value.name()));
    add(fields);
  }

  /** Offers these encoders; those the URL names are chosen, else the newest two. */
  void setEncoders(List<String> encoders, UrlState url) {
    first.setItems(encoders);
    second.setItems(encoders);
    choose(first, encoders, "encoders/" + url.get("first"), 0);
    choose(second, encoders, "encoders/" + url.get("second"), 1);
  }

  /** Offers these data sets; the one that the URL names is chosen, else the one of the first encoder, else the newest. */
  void setDatasets(List<String> datasets, UrlState url, String ofFirst) {
    dataset.setItems(datasets);
    choose(dataset, datasets, url.get("dataset").isEmpty() ? ofFirst : "datasets/" + url.get("dataset"), 0);
  }

  CreateCkaRequest request() {
    return CreateCkaRequest.newBuilder().setRunId(runId.getValue().strip()).setSpec(CkaSpec.newBuilder()
        .setFirst(Fields.or(first, "")).setSecond(Fields.or(second, "")).setDataset(Fields.or(dataset, ""))
        .setEstimator(estimator.getValue()).setPooled(pooled.getValue()).setBatchSize(Fields.or(batchSize, 0))
        .setMaxImages(Fields.or(maxImages, 0)).setSeed(Fields.or(seed, 0))).build();
  }

  private static void choose(Select<String> choice, List<String> names, String wanted, int otherwise) {
    if (names.contains(wanted)) {
      choice.setValue(wanted);
    } else if (!names.isEmpty()) {
      choice.setValue(names.get(Math.min(otherwise, names.size() - 1)));
    }
  }
}
