package dev.engram.ui.pair;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Names;
import dev.engram.v1.BundledSource;
import dev.engram.v1.Cifar10Source;
import dev.engram.v1.ComposedSource;
import dev.engram.v1.CreateDatasetRequest;
import dev.engram.v1.Dataset;
import dev.engram.v1.IdxSource;
import dev.engram.v1.RegisterDatasetSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Chooses a data set that is there, or describes a new one. */
final class DatasetForm extends Div {
  /** Where a new data set comes from. */
  enum Source {
    BUNDLED("Fashion-MNIST, bundled"), COMPOSED("Known answer, composed"), IDX("IDX files"), CIFAR10("CIFAR-10 files");

    final String title;

    Source(String title) {
      this.title = title;
    }
  }

  static final Dataset NEW = Dataset.getDefaultInstance();
  static final String FASHION = "fashion-mnist-test";

  final Fields fields = new Fields();
  final Select<Dataset> existing = fields.choice("dataset", "Data set", List.of(NEW), NEW, "");
  final Select<Source> source = fields.choice("source", "From", List.of(Source.values()), Source.BUNDLED, "");
  final TextField displayName = fields.text("display_name", "Name for people", "Fashion-MNIST, test set", "at most 100 characters");
  final TextField id = fields.text("dataset_id", "Id", "", "Made up if empty. Lower-case letters, digits, dashes.");
  final TextField idxImages = fields.text("idx.images", "Images", "", "Path of the IDX file, plain or gzip, as the workers see it");
  final TextField idxLabels = fields.text("idx.labels", "Labels", "", "Path of the IDX file of labels");
  final TextField cifarPath = fields.text("cifar10.path", "Path", "", "A folder of .bin files, or the .tar.gz they come in");
  final IntegerField composedImages = fields.whole("composed.images", "Images", 4000, "100 to 10,000");
  final IntegerField composedSeed = fields.whole("composed.seed", "Seed", 0, "");
  private Runnable changed = () -> { };

  DatasetForm() {
    existing.setItemLabelGenerator(dataset -> dataset == NEW ? "Register a new one"
        : Names.id(dataset.getName()) + " — " + dataset.getSpec().getDisplayName());
    source.setItemLabelGenerator(value -> value.title);
    existing.addValueChangeListener(_ -> refresh());
    source.addValueChangeListener(change -> {
      if (change.isFromClient()) {
        displayName.setValue(change.getValue() == Source.BUNDLED ? "Fashion-MNIST, test set"
            : change.getValue() == Source.COMPOSED ? "Known answer" : "");
      }
      refresh();
    });
    composedImages.addValueChangeListener(_ -> changed.run());
    add(fields);
    refresh();
  }

  /** Calls this whenever the number of images may have changed. */
  void onChange(Runnable listener) {
    changed = listener;
  }

  /** Offers these data sets; chooses the one named, otherwise the largest. */
  void offer(List<Dataset> datasets, String chosen) {
    List<Dataset> items = new ArrayList<>(datasets);
    items.add(NEW);
    existing.setItems(items);
    existing.setValue(datasets.stream().filter(dataset -> dataset.getName().equals(chosen)).findFirst()
        .or(() -> datasets.stream().max(Comparator.comparingLong(dataset -> dataset.getSummary().getImages()))).orElse(NEW));
  }

  /** Name of the data set chosen; empty if a new one is described. */
  Optional<String> chosen() {
    return existing.getValue() == NEW || existing.getValue() == null ? Optional.empty() : Optional.of(existing.getValue().getName());
  }

  /** How many images it has or will have, if that is known. */
  OptionalLong images() {
    if (chosen().isPresent()) {
      return existing.getValue().hasSummary() ? OptionalLong.of(existing.getValue().getSummary().getImages()) : OptionalLong.empty();
    }
    return switch (source.getValue()) {
      case BUNDLED -> OptionalLong.of(10_000);
      case COMPOSED -> composedImages.getValue() == null ? OptionalLong.empty() : OptionalLong.of(composedImages.getValue());
      case IDX, CIFAR10 -> OptionalLong.empty();
    };
  }

  /** The request that registers what is described, without a request id. */
  CreateDatasetRequest request() {
    RegisterDatasetSpec.Builder spec = RegisterDatasetSpec.newBuilder().setDisplayName(displayName.getValue().strip());
    switch (source.getValue()) {
      case BUNDLED -> spec.setBundled(BundledSource.newBuilder().setId(FASHION));
      case COMPOSED -> spec.setComposed(ComposedSource.newBuilder()
          .setImages(Fields.or(composedImages, 0)).setSeed(Fields.or(composedSeed, 0)));
      case IDX -> spec.setIdx(IdxSource.newBuilder().setImages(idxImages.getValue().strip()).setLabels(idxLabels.getValue().strip()));
      case CIFAR10 -> spec.setCifar10(Cifar10Source.newBuilder().setPath(cifarPath.getValue().strip()));
    }
    return CreateDatasetRequest.newBuilder().setDatasetId(id.getValue().strip()).setSpec(spec).build();
  }

  private void refresh() {
    boolean fresh = chosen().isEmpty();
    source.setVisible(fresh);
    displayName.setVisible(fresh);
    id.setVisible(fresh);
    idxImages.setVisible(fresh && source.getValue() == Source.IDX);
    idxLabels.setVisible(fresh && source.getValue() == Source.IDX);
    cifarPath.setVisible(fresh && source.getValue() == Source.CIFAR10);
    composedImages.setVisible(fresh && source.getValue() == Source.COMPOSED);
    composedSeed.setVisible(fresh && source.getValue() == Source.COMPOSED);
    changed.run();
  }
}
